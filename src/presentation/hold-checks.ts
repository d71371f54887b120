import { toButtons } from '../domain/button.ts';
import { type BegunRun, isBegun, type Run, type StepRecord } from '../domain/run.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { assemble } from './assemble.ts';
import { code } from './fence.ts';
import { asksApproval, holdCheckName } from './hold-check-name.ts';
import { holdSection } from './hold-section.ts';
import { inline } from './inline.ts';
import { moment } from './moment.ts';
import { person } from './person.ts';
import { isBlocked } from './security-blocks.ts';
import { toAnnotations } from './to-annotations.ts';
import { toTitle } from './to-title.ts';

const MAX_BYTES = 60_000;

/**
 * One check run per attempt that a person was asked about, with buttons while it waits and with the decision after.
 * There is none on the base commit: it belongs to everybody.
 */
export function holdChecks(run: Run): SurfaceInput[] {
  if (!isBegun(run)) {
    return [];
  }
  return run.history.flatMap((record, index) => {
    const isLast = index === run.history.length - 1;
    const check = record.head === run.base.sha ? null : toCheck(run, record, isLast);
    return check === null ? [] : [check];
  });
}

function toCheck(run: BegunRun, record: StepRecord, isLast: boolean): SurfaceInput | null {
  if (isLast && run.state === 'held' && run.hold.kind !== 'pause') {
    return waiting(run, record);
  }
  if (record.lapsed !== undefined) {
    return { ...base(record), ...LAPSED };
  }
  return record.decided === undefined
    ? null
    : { ...base(record), ...decision(record.decided, !asksApproval(record)) };
}

function waiting(run: Extract<Run, { state: 'held' }>, record: StepRecord): SurfaceInput {
  return {
    ...base(record),
    // What halts a run is no pass for whoever merges by hand.
    conclusion: isBlocked(record) ? 'failure' : 'action_required',
    title: toTitle(run.hold.question),
    summary: assemble(holdSection(run), MAX_BYTES),
    annotations: toAnnotations(run.hold.findings),
    actions: [...toButtons(run.hold)],
  };
}

/** What it waited for has come, and nobody had to answer. */
const LAPSED = {
  conclusion: 'neutral',
  title: 'It went on by itself',
  summary: 'What this waited for has come, so the step was done again.',
} as const;

function base(record: StepRecord) {
  const { step, attempt, outcome } = record;
  // What is asked about is the newest commit, also when that holds only what Baton has written about it.
  const head =
    'checkpoint' in outcome && outcome.kind === 'held' ? (outcome.checkpoint ?? record.head) : record.head;
  return {
    kind: 'check-run',
    key: `hold:${head}:${step}:${attempt}`,
    name: holdCheckName(record),
    sha: head,
  } as const;
}

type Decided = NonNullable<StepRecord['decided']>;

function decision({ by, kind, at, reason, signed }: Decided, isAccepted: boolean) {
  const summary = toDecisionWords({ by, at, reason, signed });
  switch (kind) {
    case 'approved':
      return {
        conclusion: 'success',
        title: isAccepted ? `${by.login} let it go on as it is` : `Approved by ${by.login}`,
        summary,
      } as const;
    case 'rejected':
      return { conclusion: 'failure', title: `Rejected by ${by.login}`, summary } as const;
    case 'retried':
    case 'chosen':
      return { conclusion: 'neutral', title: `${by.login} has decided how it goes on`, summary } as const;
    case 'rolled-back':
      return { conclusion: 'cancelled', title: `Taken back by ${by.login}`, summary } as const;
    case 'cancelled':
      return { conclusion: 'cancelled', title: `Cancelled by ${by.login}`, summary } as const;
    case 'merged':
      return { conclusion: 'neutral', title: `${by.login} merged it without an answer`, summary } as const;
    case 'voided':
      return { conclusion: 'cancelled', title: 'No longer valid: the commit changed', summary } as const;
  }
}

function toDecisionWords({
  by,
  at,
  reason,
  signed,
}: Pick<Decided, 'by' | 'at' | 'reason' | 'signed'>): string {
  return [
    `Decided by ${person(by)} at ${moment(at)}.`,
    reason === '' ? '' : inline(reason, 1000),
    signed === undefined ? '' : code(signed),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
