import { tryOf } from '../domain/legs-of.ts';
import { listTasks } from '../domain/list-tasks.ts';
import type { BegunRun, StepRecord } from '../domain/run.ts';
import { details } from './details.ts';
import { inline } from './inline.ts';
import { stepResult } from './step-result.ts';
import { leadingStepTitle } from './step-title.ts';

const MAX_ROUNDS = 20;

/** What was tried and did not pass, oldest first, folded; empty when all went well at once. */
export function rounds(run: BegunRun): string {
  const failed = run.history.filter(({ outcome }) => outcome.kind === 'rejected' || outcome.kind === 'broke');
  if (failed.length === 0) {
    return '';
  }
  const lines = failed
    .slice(-MAX_ROUNDS)
    .map(
      (record) =>
        `- ${leadingStepTitle(run, record.step, record.leg)}, attempt ${tryOf(run, record)}${ofTask(run, record)}: ${stepResult(record)}${remedy(record.outcome)}`,
    );
  return details(`What was tried (${failed.length})`, lines.join('\n'));
}

/** Steps of several tasks may have the same name. */
function ofTask(run: BegunRun, { leg }: StepRecord): string {
  const number = listTasks(run).findIndex((task) => task.leg === leg) + 1;
  return number === 0 ? '' : ` for task ${number}`;
}

function remedy(outcome: BegunRun['history'][number]['outcome']): string {
  return outcome.kind === 'broke' ? ` (${inline(outcome.remedy, 160)})` : '';
}
