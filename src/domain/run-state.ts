import { counts, liveHistory } from './progress.ts';
import { headAfter } from './roll-back.ts';
import { isBegun, isEnded, type Run, type StepRecord } from './run.ts';
import { toTicketKey } from './ticket-key.ts';
import type { Tally } from './verdict.ts';

/**
 * Where a run stands, in the form that other tools read. Null: not known, which is not the same as none. Steps have their
 * names with `_` between the words.
 */
export interface RunState {
  readonly ticket: string;
  readonly run: string;
  readonly workflow: string | null;
  readonly state: Run['state'];
  /** The step that is under way or waits; null before the first and after the last. */
  readonly current_phase: string | null;
  readonly attempt: number | null;
  /** What gates have passed, by the names of the steps. */
  readonly gates_passed: readonly string[];
  /** Commits by the steps that one can go back to: the ends of those that are done, and the beginning of the present one. */
  readonly rollback_points: Readonly<Record<string, string>>;
  readonly metrics: {
    readonly total_duration_seconds: number;
    readonly test_count: number | null;
    readonly coverage_percent: number | null;
    readonly vulture_dead_code_count: number | null;
  };
}

/** From one ISO time to another, in milliseconds. */
export type MsBetween = (from: string, to: string) => number;

/** The same run always has the same state: what it says of time is the run's own. */
export function toRunState(run: Run, msBetween: MsBetween): RunState {
  const records = isBegun(run) ? liveHistory(run).filter(counts) : [];
  const present = 'step' in run ? { [`pre_${toPhase(run.step)}`]: toPoint(run.head) } : {};
  const ends = records.map((record) => [toPhase(record.step), toPoint(headAfter(record))] as const);
  return {
    ticket: toTicketKey(run.order),
    run: run.order.id,
    workflow: isBegun(run) ? run.definition.workflow.name : run.order.workflow,
    state: run.state,
    current_phase: 'step' in run ? toPhase(run.step) : null,
    attempt: 'step' in run ? run.attempt : null,
    gates_passed: toPassed(records),
    rollback_points: { ...Object.fromEntries(ends), ...present },
    metrics: toMetrics(run, msBetween),
  };
}

/** As text for a file. */
export function printRunState(run: Run, msBetween: MsBetween): string {
  return `${JSON.stringify(toRunState(run, msBetween), null, 2)}\n`;
}

function toPhase(step: string): string {
  return step.replaceAll('-', '_');
}

function toPoint(commit: string): string {
  return `git:${commit}`;
}

/** The gates of a phase are a step of their own, `<phase>-gates`. */
function toPassed(records: readonly StepRecord[]): readonly string[] {
  const judged = records.filter(({ outcome }) => outcome.verdicts.length > 0);
  return [...new Set(judged.map(({ step }) => toPhase(step.replace(/(?<=.)-gates$/, ''))))];
}

function toMetrics(run: Run, msBetween: MsBetween): RunState['metrics'] {
  const verdicts = isBegun(run) ? liveHistory(run).flatMap(({ outcome }) => outcome.verdicts) : [];
  const tallies = verdicts.flatMap(({ verdict }) => ('tally' in verdict ? [verdict.tally ?? {}] : []));
  const deadCode = verdicts.findLast(({ gate }) => gate === 'dead-code')?.verdict ?? null;
  return {
    total_duration_seconds: Math.round(toDuration(run, msBetween) / 1000),
    test_count: tallies.findLast(({ tests }) => tests !== undefined)?.tests ?? null,
    coverage_percent: toPercent(tallies.findLast(({ lines = 0 }) => lines > 0)),
    vulture_dead_code_count: deadCode?.kind === 'pass' ? 0 : countFindings(deadCode),
  };
}

function countFindings(verdict: StepRecord['outcome']['verdicts'][number]['verdict'] | null): number | null {
  return verdict?.kind === 'fail' ? verdict.findings.length : null;
}

function toPercent(tally: Tally | undefined): number | null {
  const { coveredLines, lines } = tally ?? {};
  return coveredLines === undefined || lines === undefined
    ? null
    : Math.round((1000 * coveredLines) / lines) / 10;
}

/** From the request to the end, or to the newest that is known. */
function toDuration(run: Run, msBetween: MsBetween): number {
  const ended = isEnded(run) ? [run.endedAt] : [];
  const begun = 'since' in run ? [run.since] : [];
  const recorded = isBegun(run) ? run.history.map(({ endedAt }) => endedAt) : [];
  return Math.max(0, ...[...ended, ...begun, ...recorded].map((at) => msBetween(run.order.requestedAt, at)));
}
