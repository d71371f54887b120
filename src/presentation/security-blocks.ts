import { type BegunRun, type HeldRun, isBegun, type Run, type StepRecord } from '../domain/run.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { code } from './fence.ts';
import { listFindings } from './list-findings.ts';
import { moment } from './moment.ts';
import { person } from './person.ts';
import { stepTitle } from './step-title.ts';

/** A comment for each attempt that was halted for security, with what mends it; afterwards it says how that ended. */
export function securityBlocks(run: Run): readonly SurfaceInput[] {
  return isBegun(run)
    ? run.history.filter(isBlocked).map((record) => ({
        kind: 'comment',
        key: `block:${record.step}:${record.attempt}`,
        body: toBody(run, record),
      }))
    : [];
}

type Blocked = StepRecord & { readonly outcome: Extract<StepRecord['outcome'], { kind: 'held' }> };

/** A hold that Baton has written a document about. */
export function isBlocked(record: StepRecord): record is Blocked {
  const { outcome } = record;
  return outcome.kind === 'held' && outcome.hold.kind === 'security' && outcome.checkpoint !== undefined;
}

/** The approvals of security holds, signed, for whoever merges. Empty for most runs. */
export function signedApprovals(run: BegunRun): readonly string[] {
  const lines = run.history.flatMap(({ decided, undone }) =>
    decided?.signed === undefined || undone !== undefined ? [] : [`- ${code(decided.signed)}`],
  );
  return lines.length === 0 ? [] : ['## Approved in spite of security findings', lines.join('\n')];
}

function toBody(run: BegunRun, record: Blocked): string {
  const { outcome, head, step } = record;
  return [
    `### 🛑 Halted for security: ${stepTitle(run, step)}`,
    `Commit ${code(head.slice(0, 12))} has findings that stop this run:`,
    listFindings(outcome.hold.findings),
    stateOf(run, record),
  ].join('\n\n');
}

function stateOf(run: BegunRun, { decided, undone }: Blocked): string {
  if (undone !== undefined) {
    return 'A rollback has taken this back.';
  }
  if (decided === undefined) {
    return run.state === 'held' ? toAnswers(run) : 'The run went on without an answer.';
  }
  const who = `${person(decided.by)} at ${moment(decided.at)}`;
  return decided.signed === undefined
    ? `Settled by ${who}: ${decided.kind}.`
    : `Approved by ${who}:\n\n${code(decided.signed)}`;
}

function toAnswers({ order, hold }: HeldRun): string {
  const digest = 'digest' in hold ? hold.digest : '';
  return [
    'Nothing goes on until somebody with write access does one of these, here, in a new comment:',
    `- push a change that mends each finding to ${code(order.branch)}, then ${code('/baton retry')}: it is judged again;`,
    `- ${code('/baton reject <what has to be mended>')}: the role mends it;`,
    `- ${code(`/baton approve ${digest}`)}: it goes on as it is. Not for ${person(order.requestedBy)}, who requested the run; the progress comment says who may.`,
  ].join('\n');
}
