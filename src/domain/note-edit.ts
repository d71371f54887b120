import type { Decision } from './decision.ts';
import { isEarlier } from './is-earlier.ts';
import type { HeldRun, RunningRun } from './run.ts';
import { ignore, type SteeredBy } from './steered.ts';

/** The issue has other words, or those of the order again: that is shown, and changes nothing in what the run does. */
export function noteEdit(run: RunningRun | HeldRun, event: SteeredBy<'edited'>): Decision {
  const { by, steer } = event;
  const known = run.edit ?? { differs: false, at: run.order.requestedAt };
  // One word about it is enough, however often it is changed.
  if (known.differs === steer.differs || isEarlier(steer.givenAt, known.at)) {
    return ignore(run, 'That is known of the issue already, or no longer so.');
  }
  const edit = { by, at: steer.givenAt, differs: steer.differs };
  return run.state === 'running'
    ? { kind: 'repeat', run: { ...run, edit } }
    : { kind: 'hold', run: { ...run, edit } };
}
