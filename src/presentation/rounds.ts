import type { BegunRun } from '../domain/run.ts';
import { details } from './details.ts';
import { inline } from './inline.ts';
import { stepResult } from './step-result.ts';
import { stepTitle } from './step-title.ts';

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
        `- ${stepTitle(run, record.step)}, attempt ${record.attempt}: ${stepResult(record)}${remedy(record.outcome)}`,
    );
  return details(`What was tried (${failed.length})`, lines.join('\n'));
}

function remedy(outcome: BegunRun['history'][number]['outcome']): string {
  return outcome.kind === 'broke' ? ` (${inline(outcome.remedy, 160)})` : '';
}
