import type { Settings } from '../config/settings.ts';
import { listRuntimes } from '../domain/offer.ts';
import type { RuntimesAtHand } from '../orchestration/meter-attempt.ts';
import type { AgentRuntime } from '../ports/agent-runtime.ts';
import type { ModelGateway } from '../ports/model-gateway.ts';
import { openRuntime } from './open-runtime.ts';

/**
 * All runtimes that may be asked. What cannot be opened is said at the start, not when it is needed.
 * @throws Error with everything that is wrong.
 */
export async function openRuntimes(settings: Settings): Promise<readonly AgentRuntime[]> {
  const names = listRuntimes(settings.offer);
  const opened = await Promise.allSettled(names.map((name) => openRuntime(name, settings)));
  const failures = opened.flatMap((one) => (one.status === 'rejected' ? [toMessage(one.reason)] : []));
  if (failures.length > 0) {
    throw new Error(failures.join('\n'));
  }
  return opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** Each with the way to its models. */
export function toRuntimesAtHand(
  runtimes: readonly AgentRuntime[],
  { provider }: Pick<Settings, 'provider'>,
  gateway: ModelGateway | null,
): RuntimesAtHand {
  const kind = provider?.kind ?? null;
  return new Map(
    runtimes.map((runtime) => [
      runtime.name,
      { runtime, provider: runtime.models === 'none' ? null : kind, gateway },
    ]),
  );
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
