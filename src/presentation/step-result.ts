import type { StepRecord } from '../domain/run.ts';
import { asksApproval } from './hold-check-name.ts';
import { inline } from './inline.ts';
import { countFindings } from './list-findings.ts';
import { person } from './person.ts';

const MAX_SUMMARY = 160;

const WORDS = {
  approved: 'Approved',
  rejected: 'Rejected',
  chosen: 'Chosen',
  retried: 'Retried',
  'rolled-back': 'Taken back',
  voided: 'Voided',
  cancelled: 'Cancelled',
  merged: 'Merged without an answer',
} as const;

/** What came of an attempt, in one line. */
export function stepResult(record: StepRecord): string {
  const { decided, outcome } = record;
  if (decided?.kind !== 'approved' || asksApproval(record)) {
    return result(record);
  }
  const words = `by ${person(decided.by)}: ${inline(decided.reason, MAX_SUMMARY)}`;
  return outcome.kind === 'held' ? `Decided ${words}` : `Accepted ${words}. ${result(record)}`;
}

function result({ outcome, decided }: StepRecord): string {
  const summary = inline(outcome.summary, MAX_SUMMARY);
  switch (outcome.kind) {
    case 'passed':
    case 'skipped':
      return summary;
    case 'rejected':
      return outcome.findings.length === 0 ? summary : `${countFindings(outcome.findings)}: ${summary}`;
    case 'broke':
      return `Could not be done: ${summary}`;
    case 'held':
      return decided === undefined ? summary : decision(decided);
  }
}

function decision({ by, kind, reason }: NonNullable<StepRecord['decided']>): string {
  const why = reason === '' ? '' : `: ${inline(reason, MAX_SUMMARY)}`;
  // A voided approval was given in good faith; the reason says what changed.
  return `${WORDS[kind]}${kind === 'voided' ? '' : ` by ${person(by)}`}${why}`;
}
