import { conditionWords } from '../domain/condition.ts';
import { legIndexOf, tryOf } from '../domain/legs-of.ts';
import { stepOf } from '../domain/progress.ts';
import type { BegunRun, StepRecord } from '../domain/run.ts';
import { inline } from './inline.ts';
import { sentBack } from './sent-back.ts';
import { stepResult } from './step-result.ts';
import { type StepState, stepState } from './step-state.ts';
import { stepTitle } from './step-title.ts';
import { usageOf, usageWords } from './usage-words.ts';

/** More rows would leave no room for what is to be decided. */
const MAX_ROWS = 40;

const MAX_PLAN = 160;

const WORDS: Readonly<Record<StepState, string>> = {
  done: '✅ done',
  skipped: '➖ not needed',
  running: '⏳ running',
  waiting: '✋ waiting',
  paused: '⏸️ paused',
  'to-do': '▫️ to do',
  again: '🔁 to do again',
  rejected: '↩️ rejected',
  broke: '⚠️ broke',
  stopped: '⏹️ stopped',
  'not-reached': '▫️ not reached',
};

/** All steps of the workflow with their state and what came of them. */
export function stepsTable(run: BegunRun): string {
  const { steps } = run.definition.workflow;
  const rows = steps.slice(0, MAX_ROWS).map(({ id }) => row(run, id));
  const left = steps.length - rows.length;
  const used = usageOf(run.history) === null ? '' : ' Used |';
  return [
    `| Step | Who | State | Result |${used}`,
    `|---|---|---|---|${used === '' ? '' : '---|'}`,
    ...rows,
    ...(left > 0 ? [`| … and ${left} more | | | |${used === '' ? '' : ' |'}`] : []),
  ].join('\n');
}

/** What all attempts at a step used, also those that do not count any more; no cell where no model was ever asked. */
function usedCell(run: BegunRun, records: readonly StepRecord[]): string {
  if (usageOf(run.history) === null) {
    return '';
  }
  const usage = usageOf(records);
  return ` ${usage === null ? '' : usageWords(usage)} |`;
}

function row(run: BegunRun, id: string): string {
  const leg = legIndexOf(run, id);
  const records = run.history.filter((record) => record.step === id && record.leg === leg);
  const attempt = toAttempt(run, id, records);
  const result = toResult(
    run,
    id,
    records.findLast(({ undone }) => undone === undefined),
  );
  return `| ${stepTitle(run, id)} | ${toRoles(run, id)} | ${WORDS[stepState(run, id)]}${attempt} | ${result} |${usedCell(run, records)}`;
}

function toResult(run: BegunRun, id: string, last: StepRecord | undefined): string {
  if (run.state === 'running' && run.step === id && run.feedback !== undefined) {
    return capitalised(sentBack(run, run.feedback));
  }
  return last === undefined ? toPlan(run, id) : stepResult(last);
}

function capitalised(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** The roles that are asked, or nobody: gates and people are named by the step itself. */
function toRoles(run: BegunRun, id: string): string {
  const { roles = [] } = stepOf(run, id);
  return inline([...new Set(roles)].join(', '), MAX_PLAN);
}

/** Under which condition a step that has not come yet will be done. */
function toPlan(run: BegunRun, id: string): string {
  const { when } = stepOf(run, id);
  return when === undefined ? '' : inline(`only ${conditionWords(when)}`, MAX_PLAN);
}

/** Which attempt it is, when it is not the first. To be passed over again is none. */
function toAttempt(run: BegunRun, id: string, records: readonly StepRecord[]): string {
  if (run.state === 'running' && run.step === id) {
    return records.length > 0 ? `, attempt ${records.length + 1}` : '';
  }
  const last = records.findLast(({ undone }) => undone === undefined);
  const attempt = last === undefined ? 1 : tryOf(run, last);
  return attempt > 1 && last?.outcome.kind !== 'skipped' ? `, attempt ${attempt}` : '';
}
