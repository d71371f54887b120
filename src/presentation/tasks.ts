import { listTasks, type Task } from '../domain/list-tasks.ts';
import type { BegunRun, StepRecord } from '../domain/run.ts';
import type { Part } from './assemble.ts';
import { byteLength } from './clip.ts';
import { details } from './details.ts';
import { code } from './fence.ts';
import { inline } from './inline.ts';
import { quote } from './quote.ts';
import { stepResult } from './step-result.ts';
import { leadingStepTitle, stepTitle } from './step-title.ts';

/** More would leave no room for the rest. */
const MAX_TASKS = 30;
const MAX_TASK = 200;
const MAX_DETAILS_BYTES = 8000;

const WORDS: Readonly<Record<Task['state'], string>> = {
  done: '✅ done',
  'under-way': '⏳ under way',
  left: '⏹️ left before its end',
};

/** The tasks of a run so far, for the comment that follows it; empty when its issue is done as a whole. */
export function tasksTable(run: BegunRun): string {
  const rows = tasksOf(run).map(
    ({ number, task, workflow, state }) =>
      `| ${number}. ${inline(task, MAX_TASK)} | ${code(workflow)} | ${WORDS[state]} |`,
  );
  return rows.length === 0 ? '' : ['| Task | Workflow | State |', '|---|---|---|', ...rows].join('\n');
}

/** What each task came to, for the pull request: who wrote what, and what it was judged by at which commit. */
export function taskParts(run: BegunRun): Part[] {
  return tasksOf(run).map((task) => {
    const heading = `### Task ${task.number}: ${inline(task.task, MAX_TASK)}`;
    const state = `${WORDS[task.state]} by ${code(task.workflow)}.`;
    const lines = newestOf(run, task)
      .filter(isTelling)
      .map((record) => `- ${toLine(run, record)}`);
    const whole = [heading, state, ...(lines.length === 0 ? [] : [lines.join('\n')])].join('\n\n');
    return (maxBytes) => (byteLength(whole) <= maxBytes ? whole : '');
  });
}

/** What the steps of each task handed over, folded. */
export function taskDetails(run: BegunRun): Part[] {
  return tasksOf(run).map((task) => (maxBytes) => folded(run, task, maxBytes));
}

type NumberedTask = Task & { readonly number: number };

function tasksOf(run: BegunRun): readonly NumberedTask[] {
  return listTasks(run)
    .slice(0, MAX_TASKS)
    .map((task, index) => ({ ...task, number: index + 1 }));
}

/** The last attempt at each step of the task. */
function newestOf(run: BegunRun, { leg }: Task): StepRecord[] {
  const own = run.history.filter((record) => record.leg === leg && record.undone === undefined);
  const steps = run.legs[leg]?.steps ?? [];
  return steps.flatMap(({ id }) => own.findLast(({ step }) => step === id) ?? []);
}

/** What wrote, judged or was decided; what was only read or said is folded. */
function isTelling({ outcome, decided }: StepRecord): boolean {
  const wrote = outcome.kind === 'passed' && outcome.checkpoint !== undefined;
  const judged = outcome.verdicts.length > 0 || ('checklists' in outcome && outcome.checklists !== undefined);
  return wrote || judged || decided !== undefined;
}

function toLine(run: BegunRun, record: StepRecord): string {
  const wrote = record.outcome.kind === 'passed' ? record.outcome.checkpoint : undefined;
  const commit = code((wrote ?? record.head).slice(0, 7));
  return `${leadingStepTitle(run, record.step, record.leg)} (${commit}): ${stepResult(record)}`;
}

function folded(run: BegunRun, task: NumberedTask, maxBytes: number): string {
  const texts = newestOf(run, task).flatMap(({ step, leg, outcome }) =>
    outcome.kind === 'passed' && outcome.details.trim() !== ''
      ? [`**${stepTitle(run, step, leg)}**\n\n${outcome.details.trim()}`]
      : [],
  );
  const summary = `Task ${task.number} in full`;
  const room = Math.min(maxBytes, MAX_DETAILS_BYTES) - byteLength(details(summary, ''));
  return texts.length === 0 || room < 200 ? '' : details(summary, quote(texts.join('\n\n'), room));
}
