import { newestAttempts } from '../domain/newest-attempts.ts';
import type { BegunRun, StepRecord } from '../domain/run.ts';
import { inline } from './inline.ts';
import { listFindings } from './list-findings.ts';
import { person } from './person.ts';
import { leadingStepTitle } from './step-title.ts';

/** What a person has let go on over a rejection, with what was found: whoever merges it has to know. Empty for most. */
export function acceptedAnyway(run: BegunRun): readonly string[] {
  const parts = newestAttempts(run).flatMap((record) =>
    record.outcome.kind === 'rejected' ? toParts(run, record, record.outcome) : [],
  );
  return parts.length === 0 ? [] : ['## Rejected, and accepted by a person', ...parts];
}

function toParts(
  run: BegunRun,
  { step, leg, decided }: StepRecord,
  { summary, findings }: Extract<StepRecord['outcome'], { kind: 'rejected' }>,
): string[] {
  return decided?.kind === 'approved'
    ? [
        `${leadingStepTitle(run, step, leg)}: ${inline(summary, 500)} ${person(decided.by)} let it go on as it is.`,
        listFindings(findings),
      ]
    : [];
}
