import type { Finding } from '../domain/finding.ts';
import { type BegunRun, isBegun, isEnded, type Run, type StepRecord } from '../domain/run.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import type { Reading } from '../ports/measures.ts';
import { type KnownNames, toLabel } from './known-names.ts';
import { count, observe, sumUp } from './readings.ts';

/** All that a run, as it is now, gives to the metrics. Told again, or by another replica, it says the same. */
export function measureRun(
  run: Run,
  names: KnownNames,
): { readonly sums: readonly Reading[]; readonly lasts: readonly Reading[] } {
  const workflow = toLabel(workflowOf(run), names.workflows);
  const begun = isBegun(run) ? run : null;
  return {
    sums: sumUp([
      ...measureEnd(run, workflow),
      ...measureTask(run, { workflow, names }),
      ...(begun?.history ?? []).flatMap((record) => measureAttempt(record, { workflow, names })),
      ...(begun === null ? [] : measureRollbacks(begun, workflow)),
    ]),
    lasts: begun === null ? [] : measureCoverage(begun, workflow),
  };
}

function workflowOf(run: Run): string | null {
  return isBegun(run) ? run.definition.workflow.name : run.order.workflow;
}

function measureEnd(run: Run, workflow: string): readonly Reading[] {
  if (!isEnded(run)) {
    return [];
  }
  const seconds = secondsBetween(run.order.requestedAt, run.endedAt);
  return [
    count('baton_runs_ended_total', { workflow, state: run.state }),
    ...observe('baton_run_duration_seconds', { workflow }, seconds),
  ];
}

/** What a member asked for is a task of theirs. */
function measureTask(run: Run, { workflow, names }: Context): readonly Reading[] {
  const { member, requestedAt } = run.order;
  return member === undefined || !isEnded(run)
    ? []
    : observe(
        'baton_team_task_duration_seconds',
        { member: toLabel(member, names.members), task: workflow },
        secondsBetween(requestedAt, run.endedAt),
      );
}

function measureRollbacks(run: BegunRun, workflow: string): readonly Reading[] {
  const byPeople = run.interventions.filter(({ kind }) => kind === 'rolled-back');
  const byItself = run.history.filter((_, index) => hasTakenBack(run, index));
  return [
    ...byPeople.map(() => count('baton_rollbacks_total', { workflow, by: 'person' })),
    ...byItself.map(() => count('baton_rollbacks_total', { workflow, by: 'baton' })),
  ];
}

/** A rejection that stands while what it was about is taken back: the step has given up, and nobody had to ask for it. */
function hasTakenBack({ history, interventions }: BegunRun, index: number): boolean {
  const [before, record] = [history[index - 1], history[index]];
  if (before?.undone === undefined || record?.undone !== undefined || record?.outcome.kind !== 'rejected') {
    return false;
  }
  return !interventions.some(
    ({ kind, at }) => kind === 'rolled-back' && at >= before.endedAt && at <= record.startedAt,
  );
}

interface Context {
  readonly workflow: string;
  readonly names: KnownNames;
}

function measureAttempt(record: StepRecord, { workflow, names }: Context): readonly Reading[] {
  const { outcome, startedAt, endedAt, attempt } = record;
  if (outcome.kind === 'skipped') {
    return [];
  }
  const labels = { workflow, step: toLabel(record.step, names.steps) };
  const failed = outcome.kind === 'rejected' || outcome.kind === 'broke';
  return [
    count('baton_step_attempts_total', { ...labels, outcome: outcome.kind }),
    ...(failed ? [count('baton_step_failures_total', { ...labels, reason: outcome.kind })] : []),
    ...observe('baton_step_duration_seconds', labels, secondsBetween(startedAt, endedAt)),
    ...measureAsked(outcome.asked ?? [], { isRetry: attempt > 1, names }),
    ...outcome.verdicts.flatMap((verdict) => measureVerdict(verdict, { workflow, names })),
    ...measureFindings(findingsOf(outcome), {
      workflow,
      about: isSecurityStep(record) ? 'security' : 'work',
    }),
  ];
}

function measureAsked(
  asked: NonNullable<StepRecord['outcome']['asked']>,
  { isRetry, names }: { readonly isRetry: boolean; readonly names: KnownNames },
): readonly Reading[] {
  const roles = new Set(asked.map(({ role }) => toLabel(role, names.roles)));
  return [
    ...asked.map(({ role, result }) =>
      count('baton_role_attempts_total', { role: toLabel(role, names.roles), result }),
    ),
    ...(isRetry ? [...roles].map((role) => count('baton_role_retries_total', { role })) : []),
  ];
}

function measureVerdict({ gate, verdict }: GateVerdict, { workflow, names }: Context): readonly Reading[] {
  const about = names.securityGates.has(gate) ? 'security' : 'work';
  return [
    count('baton_gate_verdicts_total', { gate: toLabel(gate, names.gates), verdict: verdict.kind }),
    ...measureFindings('findings' in verdict ? verdict.findings : [], { workflow, about }),
  ];
}

function measureFindings(
  findings: readonly Finding[],
  labels: { readonly workflow: string; readonly about: 'security' | 'work' },
): readonly Reading[] {
  // What a scanner says of the harm says more than how a tool prints it.
  return findings.map(({ severity, danger }) =>
    count('baton_findings_total', { ...labels, severity: danger ?? severity }),
  );
}

/** Those of a review; those of gates are told with their verdicts. */
function findingsOf(outcome: StepRecord['outcome']): readonly Finding[] {
  const isReview = 'checklists' in outcome && outcome.checklists !== undefined;
  return isReview && 'findings' in outcome ? (outcome.findings ?? []) : [];
}

function isSecurityStep({ outcome }: StepRecord): boolean {
  return outcome.asked?.some(({ role }) => role.startsWith('security')) ?? false;
}

/** The newest that a report told, if any did. */
function measureCoverage(run: BegunRun, workflow: string): readonly Reading[] {
  const tallies = run.history.flatMap(({ outcome }) =>
    outcome.verdicts.flatMap(({ verdict }) => ('tally' in verdict ? [verdict.tally ?? {}] : [])),
  );
  const newest = tallies.findLast(({ lines }) => lines !== undefined && lines > 0);
  return newest?.lines === undefined || newest.coveredLines === undefined
    ? []
    : [count('baton_coverage_ratio', { workflow }, newest.coveredLines / newest.lines)];
}

/** From the request to the merge. */
export function measureMerge(run: Run, mergedAt: string, names: KnownNames): readonly Reading[] {
  const workflow = toLabel(workflowOf(run), names.workflows);
  return observe(
    'baton_merge_duration_seconds',
    { workflow },
    secondsBetween(run.order.requestedAt, mergedAt),
  );
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}
