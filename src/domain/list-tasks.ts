import type { Leg } from './leg.ts';
import { counts } from './progress.ts';
import type { BegunRun } from './run.ts';

/** A task of a run that does several, one after another. */
export interface Task {
  readonly task: string;
  /** Number of its leg. */
  readonly leg: number;
  readonly workflow: string;
  /** `left`: another choice was made before it came to its end. */
  readonly state: 'done' | 'under-way' | 'left';
}

/** The tasks of a run so far, in the order in which they were begun; none when the issue is done as a whole. */
export function listTasks(run: BegunRun): readonly Task[] {
  return run.legs.flatMap((leg, index) =>
    leg.task === null
      ? []
      : [{ task: leg.task, leg: index, workflow: leg.workflow, state: toState(run, leg, index) }],
  );
}

function toState(run: BegunRun, { steps, replaced }: Leg, index: number): Task['state'] {
  const last = steps.at(-1)?.id;
  const own = run.history.filter(({ leg, undone }) => leg === index && undone === undefined);
  const end = own.findLast(({ step }) => step === last);
  if (end !== undefined && (counts(end) || end.outcome.kind === 'skipped')) {
    return 'done';
  }
  return replaced === undefined ? 'under-way' : 'left';
}
