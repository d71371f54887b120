import type { Settings } from '../config/settings.ts';
import { listRuntimes } from '../domain/offer.ts';
import type { RuntimesAtHand } from '../orchestration/meter-attempt.ts';
import type { AgentRuntime } from '../ports/agent-runtime.ts';
import type { OpenGateways } from './open-gateway.ts';
import { openRuntime } from './open-runtime.ts';

/**
 * All runtimes that may be asked. What cannot be opened is said at the start, not when it is needed.
 * @throws Error with everything that is wrong.
 */
export async function openRuntimes(settings: Settings): Promise<readonly AgentRuntime[]> {
  const names = listRuntimes(settings.offer);
  const opened = await Promise.allSettled(
    names.map((name) => openRuntime(name, { ...settings, provider: providerOf(name, settings) })),
  );
  const failures = opened.flatMap((one) => (one.status === 'rejected' ? [toMessage(one.reason)] : []));
  if (failures.length > 0) {
    throw new Error(failures.join('\n'));
  }
  return opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** Each with the way to its models. */
export function toRuntimesAtHand(
  runtimes: readonly AgentRuntime[],
  settings: Pick<Settings, 'provider' | 'runtimeProviders'>,
  gateways: Pick<OpenGateways, 'of'>,
): RuntimesAtHand {
  return new Map(
    runtimes.map((runtime) => {
      const asksNone = runtime.models === 'none';
      const provider = asksNone ? null : providerOf(runtime.name, settings);
      return [runtime.name, { runtime, provider: provider?.kind ?? null, gateway: gateways.of(provider) }];
    }),
  );
}

function providerOf(
  name: string,
  { provider, runtimeProviders }: Pick<Settings, 'provider' | 'runtimeProviders'>,
): Settings['provider'] {
  return runtimeProviders.get(name) ?? provider;
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
