import { approversOf } from '../domain/approvers-of.ts';
import { toButtons } from '../domain/button.ts';
import { type BegunRun, isBegun, type Run, type StepRecord } from '../domain/run.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { type GateVerdict, isHeeded } from '../domain/verdict.ts';
import { code, fence } from './fence.ts';
import { gateModeWords } from './gate-mode-words.ts';
import { inline } from './inline.ts';
import { listFindings } from './list-findings.ts';
import { person } from './person.ts';
import { toAnnotations } from './to-annotations.ts';
import { toTitle } from './to-title.ts';

/** Characters of evidence in one check run: three bytes each at most, so it stays below GitHub's limit. */
const MAX_EVIDENCE = 15_000;

const CONCLUSIONS = {
  pass: 'success',
  fail: 'failure',
  hold: 'action_required',
  broke: 'action_required',
  skip: 'skipped',
} as const;

/** What a person has made of what a gate holds back. */
const ANSWERED: Partial<
  Record<NonNullable<StepRecord['decided']>['kind'], 'success' | 'failure' | 'neutral'>
> = {
  approved: 'success',
  rejected: 'failure',
  merged: 'neutral',
};

/** A gate that is only for information never asks for anything. */
const UNHEEDED = { ...CONCLUSIONS, fail: 'neutral', hold: 'neutral', broke: 'neutral' } as const;

/**
 * One completed check run per gate and commit, in the order in which they were judged; judged again, the newest
 * verdict stands. The base commit is not the run's own, so nothing is written there.
 */
export function gateChecks(run: Run): SurfaceInput[] {
  if (!isBegun(run)) {
    return [];
  }
  const checks = new Map<string, SurfaceInput>();
  for (const record of run.history) {
    for (const judged of record.head === run.base.sha ? [] : record.outcome.verdicts) {
      const check = toCheck(run, record, judged);
      checks.set(check.key, check);
    }
  }
  return [...checks.values()];
}

function toCheck(run: BegunRun, record: StepRecord, judged: GateVerdict): SurfaceInput {
  const { gate, verdict } = judged;
  const isHolding = verdict.kind === 'hold' && isHeeded(judged);
  const findings = 'findings' in verdict ? verdict.findings : [];
  return {
    kind: 'check-run',
    key: `gate:${record.head}:${gate}`,
    name: `baton / ${gate}`,
    sha: record.head,
    conclusion: toConclusion(record, judged),
    title: toTitle(verdict.kind === 'broke' ? `Could not run: ${verdict.summary}` : verdict.summary),
    summary: toSummary(run, record, judged),
    annotations: toAnnotations(findings),
    actions: isHolding && run.state === 'held' && isLast(run, record) ? [...toButtons(run.hold)] : [],
  };
}

/** What a gate holds back is released or refused by a person, for this commit. */
function toConclusion(
  { decided, undone }: StepRecord,
  judged: GateVerdict,
): 'success' | 'failure' | 'neutral' | 'action_required' | 'skipped' | 'cancelled' {
  const { verdict } = judged;
  if (!isHeeded(judged)) {
    return UNHEEDED[verdict.kind];
  }
  if (undone !== undefined && CONCLUSIONS[verdict.kind] === 'action_required') {
    return 'cancelled';
  }
  const answered = decided === undefined ? undefined : ANSWERED[decided.kind];
  return (verdict.kind === 'hold' ? answered : undefined) ?? CONCLUSIONS[verdict.kind];
}

function toSummary(run: BegunRun, record: StepRecord, judged: GateVerdict): string {
  const { verdict } = judged;
  const evidence = 'evidence' in verdict ? (verdict.evidence ?? '') : '';
  return [
    inline(verdict.summary, 1000),
    gateModeWords(judged),
    verdict.kind === 'broke' ? `**What to do:** ${inline(verdict.remedy, 1000)}` : '',
    verdict.kind === 'broke' && isHeeded(judged)
      ? 'A gate that could not run is no pass: the work waits until it can be judged.'
      : '',
    verdict.kind === 'hold' && isHeeded(judged) ? release(run, record) : '',
    'findings' in verdict ? listFindings(verdict.findings) : '',
    evidence === '' ? '' : fence(evidence, MAX_EVIDENCE),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function release(run: BegunRun, record: StepRecord): string {
  const { decided, undone } = record;
  if (undone !== undefined) {
    return 'A rollback has taken this back, so nobody has to release it.';
  }
  if (decided === undefined || decided.kind === 'voided') {
    return `This needs a release by ${whoReleases(run)}.${howToRelease(run, record)}`;
  }
  if (decided.kind === 'merged') {
    return `Nobody released this: ${person(decided.by)} merged the pull request without an answer.`;
  }
  return `${decided.kind === 'approved' ? 'Released' : 'Refused'} by ${person(decided.by)}.`;
}

function whoReleases(run: BegunRun): string {
  const approvers = approversOf(run).map((one) => code(one));
  const who =
    approvers.length === 0 ? 'a person with write access' : `${approvers.join(' or ')}, with write access,`;
  return `${who} who did not request the run`;
}

/** The answer can be given only while the run waits for it. */
function howToRelease(run: BegunRun, record: StepRecord): string {
  return run.state === 'held' && run.hold.kind === 'security' && isLast(run, record)
    ? ` Press a button above, or comment ${code(`/baton approve ${run.hold.digest}`)} or ${code('/baton reject <reason>')} on #${run.order.subject.number}.`
    : '';
}

function isLast(run: BegunRun, record: StepRecord): boolean {
  return run.history.at(-1) === record;
}
