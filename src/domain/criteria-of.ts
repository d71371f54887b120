import { type AcceptanceCriterion, readAcceptanceCriteria } from './acceptance-criteria.ts';
import { counts, liveHistory } from './progress.ts';
import type { BegunRun } from './run.ts';

/** The acceptance criteria that hold for a run: those that a step has settled, else what its ticket says. */
export function criteriaOf(
  run: Pick<BegunRun, 'history' | 'legs' | 'order'>,
): readonly AcceptanceCriterion[] {
  const settled = liveHistory(run).findLast(
    (record) => counts(record) && record.outcome.kind === 'passed' && record.outcome.criteria !== undefined,
  )?.outcome;
  return settled?.kind === 'passed' && settled.criteria !== undefined
    ? settled.criteria
    : readAcceptanceCriteria(run.order.ticket.body);
}
