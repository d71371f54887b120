import type { Facts } from './fact.ts';
import type { Feedback } from './feedback.ts';
import { isOfReplaced } from './legs-of.ts';
import type { BegunRun, RunningRun, StepRecord } from './run.ts';
import type { DefinedStep } from './workflow.ts';

/** The fields that every run which has begun carries from state to state. */
export function toProgress(
  run: BegunRun,
): Pick<
  RunningRun,
  | 'order'
  | 'definition'
  | 'choice'
  | 'settings'
  | 'base'
  | 'head'
  | 'history'
  | 'legs'
  | 'rejections'
  | 'facts'
  | 'interventions'
  | 'pullRequest'
  | 'raises'
  | 'edit'
  | 'debts'
  | 'unfiled'
> {
  return {
    order: run.order,
    definition: run.definition,
    choice: run.choice,
    settings: run.settings,
    base: run.base,
    head: run.head,
    history: run.history,
    legs: run.legs,
    rejections: run.rejections,
    facts: run.facts,
    interventions: run.interventions,
    debts: run.debts,
    unfiled: run.unfiled,
    ...(run.pullRequest === undefined ? {} : { pullRequest: run.pullRequest }),
    ...(run.raises === undefined ? {} : { raises: run.raises }),
    ...(run.edit === undefined ? {} : { edit: run.edit }),
  };
}

/** The step of a run's workflow; a run can only be at a step its own snapshot has. */
export function stepOf(run: BegunRun, id: string): DefinedStep {
  const step = run.definition.workflow.steps.find((candidate) => candidate.id === id);
  if (step === undefined) {
    throw new RangeError(
      `run ${run.order.id} has no step ${id} in its workflow ${run.definition.workflow.name}`,
    );
  }
  return step;
}

/** The step after `id`, or null at the end. */
export function stepAfter(run: BegunRun, id: string): DefinedStep | null {
  const { steps } = run.definition.workflow;
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

/** The attempts that count: all but those that were taken back, and those of legs that have been replaced. */
export function liveHistory(run: Pick<BegunRun, 'history' | 'legs'>): readonly StepRecord[] {
  return run.history.filter((record) => record.undone === undefined && !isOfReplaced(run, record));
}

/** Whether the attempt did its step: passed, or settled by a person; and not taken back since. */
export function counts({ outcome, decided, undone }: StepRecord): boolean {
  return undone === undefined && (outcome.kind === 'passed' || isSettling(decided));
}

/** Whether a person has taken the attempt as it was, or has made the choice that it was about. */
function isSettling(decided: StepRecord['decided']): boolean {
  return decided?.kind === 'approved' || decided?.kind === 'chosen';
}

/** What the attempts that count have told, the newest word on each fact last. */
export function replayFacts(run: Pick<BegunRun, 'history' | 'legs'>): Facts {
  return Object.assign({}, ...liveHistory(run).map(factsOf));
}

/** What an attempt has told for the conditions of later steps; nothing when it does not count. */
function factsOf(record: StepRecord | undefined): Facts {
  if (record === undefined || !counts(record)) {
    return {};
  }
  const { outcome } = record;
  return outcome.kind === 'passed' || outcome.kind === 'held' ? outcome.facts : {};
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
