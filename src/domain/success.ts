import { counts, liveHistory } from './progress.ts';
import type { BegunRun, StepRecord } from './run.ts';
import type { SuccessCriterion } from './success-criterion.ts';
import { type GateVerdict, isHeeded } from './verdict.ts';

/** How a run stands to one of them. */
export interface Met {
  readonly title: string;
  readonly state: 'met' | 'not met' | 'not applicable';
  /** What that is seen by: one line each. */
  readonly evidence: readonly string[];
}

/** How a run stands to what its workflow counts as success. */
export function toSuccess(run: BegunRun): readonly Met[] {
  return (run.definition.workflow.success ?? []).map((criterion) => ({
    title: criterion.title,
    ...judge(run, criterion),
  }));
}

type Judged = Omit<Met, 'title'>;

function judge(run: BegunRun, criterion: SuccessCriterion): Judged {
  if ('steps' in criterion) {
    return judgeSteps(run, criterion.steps);
  }
  return 'gates' in criterion ? judgeGates(run, criterion.gates) : judgeApproval(run, criterion.approval);
}

function judgeSteps(run: BegunRun, steps: readonly string[]): Judged {
  const live = liveHistory(run);
  const open = steps.filter((step) => !live.some((record) => record.step === step && counts(record)));
  const taken = steps.filter((step) =>
    run.history.some((record) => record.step === step && record.undone === true),
  );
  const evidence = [
    ...open.map((step) => `${step} is not done`),
    ...taken.map((step) => `${step} was rolled back`),
  ];
  return evidence.length === 0
    ? { state: 'met', evidence: [`done: ${steps.join(', ')}`] }
    : { state: 'not met', evidence };
}

function judgeGates(run: BegunRun, gates: readonly string[]): Judged {
  const verdicts = newestVerdicts(run);
  const found = gates.flatMap((gate) => verdicts.get(gate) ?? []);
  const judged = found.filter(({ verdict: { verdict } }) => verdict.kind !== 'skip');
  const evidence = found.map(toLine);
  if (judged.length === 0) {
    return {
      state: 'not applicable',
      evidence: evidence.length === 0 ? ['no gate has judged it'] : evidence,
    };
  }
  const isMet = judged.every(({ verdict: { verdict } }) => verdict.kind === 'pass');
  return { state: isMet ? 'met' : 'not met', evidence };
}

interface Verdict {
  readonly verdict: GateVerdict;
  readonly record: StepRecord;
}

/** By the name of the gate. */
function newestVerdicts(run: BegunRun): ReadonlyMap<string, Verdict> {
  return new Map(
    liveHistory(run).flatMap((record) =>
      record.outcome.verdicts.map((verdict) => [verdict.gate, { verdict, record }] as const),
    ),
  );
}

/** What a person let go on as it is stays what it was. */
function toLine({ verdict: judged, record: { decided } }: Verdict): string {
  const { gate, verdict } = judged;
  const isAccepted = verdict.kind === 'hold' && decided?.kind === 'approved';
  const how = isHeeded(judged) ? '' : ' (for information)';
  return `${gate}: ${verdict.summary}${how}${isAccepted ? `; accepted by ${decided.by.login}` : ''}`;
}

function judgeApproval(run: BegunRun, step: string): Judged {
  const last = liveHistory(run).findLast((record) => record.step === step);
  if (last === undefined || last.outcome.kind === 'skipped') {
    return { state: 'not applicable', evidence: [last?.outcome.summary ?? 'it has not been asked for'] };
  }
  const { decided } = last;
  return decided?.kind === 'approved'
    ? { state: 'met', evidence: [`approved by ${decided.by.login}`] }
    : { state: 'not met', evidence: ['nobody has approved it'] };
}
