import { afterCrash } from '../domain/after-crash.ts';
import { countCrashes } from '../domain/agent-crashes.ts';
import type { RunningRun } from '../domain/run.ts';
import type { AgentCrash } from '../domain/stop.ts';
import type { Parts } from './parts.ts';

/** How an agent crashed, in its words, and whose it was. */
export type Crashed = Pick<AgentCrash, 'message' | 'role'>;

/** When an agent that has crashed starts again, if it does. Its words are shown to everybody. */
export function toAgentCrash(
  run: RunningRun,
  { message, role }: Crashed,
  { settings, clock, mask }: Pick<Parts, 'settings' | 'clock' | 'mask'>,
): AgentCrash {
  const crashes = countCrashes(run) + 1;
  const rules = settings.team.restarts;
  const next = afterCrash(crashes, rules);
  const waitMs = next.kind === 'restart' ? next.waitMs : null;
  return {
    kind: 'crash',
    message: mask(message),
    role,
    crashes,
    mostRestarts: rules.maxRestarts,
    waitMs,
    until: waitMs === null ? null : new Date(Date.parse(clock.now()) + waitMs).toISOString(),
  };
}
