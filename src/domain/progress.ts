import type { BegunRun, Feedback, RunningRun, StepRecord } from './run.ts';
import type { Step } from './workflow.ts';

/** The fields that every run which has begun carries from state to state. */
export function toProgress(
  run: BegunRun,
): Pick<
  RunningRun,
  'order' | 'base' | 'head' | 'history' | 'rejections' | 'facts' | 'pullRequest' | 'debts' | 'unfiled'
> {
  return {
    order: run.order,
    base: run.base,
    head: run.head,
    history: run.history,
    rejections: run.rejections,
    facts: run.facts,
    debts: run.debts,
    unfiled: run.unfiled,
    ...(run.pullRequest === undefined ? {} : { pullRequest: run.pullRequest }),
  };
}

/** The step of a run's workflow; a run can only be at a step its own snapshot has. */
export function stepOf(run: BegunRun, id: string): Step {
  const step = run.order.definition.workflow.steps.find((candidate) => candidate.id === id);
  if (step === undefined) {
    throw new RangeError(
      `run ${run.order.id} has no step ${id} in its workflow ${run.order.definition.workflow.name}`,
    );
  }
  return step;
}

/** The step after `id`, or null at the end. */
export function stepAfter(run: BegunRun, id: string): Step | null {
  const { steps } = run.order.definition.workflow;
  return steps[steps.findIndex((candidate) => candidate.id === id) + 1] ?? null;
}

/** The run at the start of a new attempt at `step`. */
export function atStep(
  run: BegunRun,
  place: { readonly step: string; readonly at: string; readonly feedback?: Feedback | undefined },
): RunningRun {
  const attempts = run.history.filter((record) => record.step === place.step).length;
  return {
    state: 'running',
    ...toProgress(run),
    step: place.step,
    attempt: attempts + 1,
    since: place.at,
    ...(place.feedback === undefined ? {} : { feedback: place.feedback }),
  };
}

/** The run with one more finished attempt in its history. */
export function withRecord<Kind extends BegunRun>(run: Kind, record: StepRecord): Kind {
  return { ...run, history: [...run.history, record] };
}

/** The counters with that of one step cleared: its row of rejections has come to an end. */
export function withoutStep(rejections: RunningRun['rejections'], step: string): RunningRun['rejections'] {
  const { [step]: _cleared, ...others } = rejections;
  return others;
}
