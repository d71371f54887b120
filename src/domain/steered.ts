import type { Decision } from './decision.ts';
import type { RunEvent } from './event.ts';
import type { HeldRun, QueuedRun, Run, RunningRun } from './run.ts';
import type { Steer } from './steer.ts';

/** A person asks something of a run that has not ended. */
export type Steered = RunEvent & { kind: 'steered' };
/** The same, of one kind. */
export type SteeredBy<Kind extends Steer['kind']> = Steered & { steer: Extract<Steer, { kind: Kind }> };
export type LiveRun = QueuedRun | RunningRun | HeldRun;

/** Nothing changes, and the person is told why. */
export function ignore(run: Run, why: string): Decision {
  return { kind: 'ignore', run, why };
}
