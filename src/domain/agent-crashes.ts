import type { Outcome } from './outcome.ts';
import { liveHistory } from './progress.ts';
import type { BegunRun, StepRecord } from './run.ts';
import type { AgentCrash } from './stop.ts';

/** The crash that an attempt ended with; null when it ended in another way. */
export function crashOf(outcome: StepRecord['outcome'] | Outcome): AgentCrash | null {
  if (outcome.kind !== 'held' || outcome.hold.kind !== 'escalation') {
    return null;
  }
  const { stopped } = outcome.hold;
  return stopped?.kind === 'crash' ? stopped : null;
}

/**
 * How often in a row agents of the present step have crashed until now. A bad answer in between does not begin the
 * count anew, a person's word does. A step that holds others counts for all of them.
 */
export function countCrashes(run: Pick<BegunRun, 'history' | 'legs'>): number {
  const history = liveHistory(run);
  const others = history.findLastIndex(
    ({ outcome, decided }) =>
      decided !== undefined || (crashOf(outcome) === null && outcome.kind !== 'broke'),
  );
  return history.slice(others + 1).filter(({ outcome }) => crashOf(outcome) !== null).length;
}
