import { tryOf } from '../domain/legs-of.ts';
import { listTasks } from '../domain/list-tasks.ts';
import { liveHistory } from '../domain/progress.ts';
import type { BegunRun, StepRecord } from '../domain/run.ts';
import type { Part } from './assemble.ts';
import { inline } from './inline.ts';
import { leadingStepTitle } from './step-title.ts';
import { taskParts } from './tasks.ts';

const MAX_SUMMARY = 500;
/** Attempts of one step that are named; a longer row is told by its first and its last ones. */
const MAX_ATTEMPTS = 5;

/** Task by task, and what each further step has written; empty when nothing was. */
export function whatWasDone(run: BegunRun): Part[] {
  const tasks = taskParts(run);
  const lines = run.definition.workflow.steps.flatMap(({ id }) => stepLines(run, id)).join('\n');
  if (tasks.length === 0) {
    return lines === '' ? [] : ['## What was done', lines];
  }
  return ['## What was done', ...tasks, '### Around the tasks', lines];
}

/** An attempt goes on from what the one before it has committed: the last one's words alone tell only what was mended. */
function stepLines(run: BegunRun, id: string): string[] {
  const attempts = liveHistory(run).filter((record) => record.step === id && isOutsideTasks(run, record));
  const telling = attempts.filter(({ outcome }, index) => {
    const isRepeated = attempts
      .slice(0, index)
      .some((earlier) => earlier.outcome.summary === outcome.summary);
    return outcome.kind === 'passed' && outcome.checkpoint !== undefined && !isRepeated;
  });
  return [...telling.slice(0, 1), ...telling.slice(1).slice(1 - MAX_ATTEMPTS)].map((record) => {
    const attempt = tryOf(run, record);
    const title = leadingStepTitle(run, id, record.leg);
    const which = attempt === 1 ? title : `${title}, attempt ${attempt}`;
    return `- ${which}: ${inline(record.outcome.summary, MAX_SUMMARY)}`;
  });
}

/** What a task has written stands with it. */
function isOutsideTasks(run: BegunRun, { leg }: StepRecord): boolean {
  return !listTasks(run).some((task) => task.leg === leg);
}
