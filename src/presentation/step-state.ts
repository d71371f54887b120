import { counts, liveHistory } from '../domain/progress.ts';
import type { BegunRun, HeldRun, StepRecord } from '../domain/run.ts';
import { isEnded } from '../domain/run.ts';

/** Where a step of a run stands, as people see it. */
export type StepState =
  | 'done'
  /** Passed over: its condition did not hold. */
  | 'skipped'
  | 'running'
  | 'waiting'
  | 'paused'
  /** Its turn has not come. */
  | 'to-do'
  /** It was done, and will be done again because the run went back before it. */
  | 'again'
  | 'rejected'
  | 'broke'
  /** It waited for a person when the run ended. */
  | 'stopped'
  /** The run ended before it. */
  | 'not-reached';

/** The state of one step. */
export function stepState(run: BegunRun, id: string): StepState {
  const last = liveHistory(run).findLast((record) => record.step === id);
  if (!isEnded(run) && run.step === id) {
    return run.state === 'held' ? heldState(run) : 'running';
  }
  return isEnded(run) ? stateAtEnd(last) : stateOnTheWay(run, id, last);
}

function stateAtEnd(last: StepRecord | undefined): StepState {
  const result = last === undefined ? 'not-reached' : resultOf(last);
  return result === 'again' ? 'stopped' : result;
}

function stateOnTheWay(run: BegunRun, id: string, last: StepRecord | undefined): StepState {
  const result = last === undefined ? 'to-do' : resultOf(last);
  return result === 'done' && isStillToCome(run, id) ? 'again' : result;
}

/** What the present step has chosen before is not done again: it makes room for its next choice. */
function isStillToCome(run: BegunRun, id: string): boolean {
  const chosenBy = run.definition.workflow.steps.find((step) => step.id === id)?.chosenBy;
  return 'step' in run && chosenBy !== run.step && indexOf(run, id) > indexOf(run, run.step);
}

function heldState({ hold }: HeldRun): StepState {
  return hold.kind === 'pause' ? 'paused' : 'waiting';
}

function resultOf(record: StepRecord): StepState {
  const { outcome, decided } = record;
  if (counts(record)) {
    return 'done';
  }
  switch (outcome.kind) {
    case 'passed':
      return 'done';
    case 'skipped':
      return 'skipped';
    case 'rejected':
      return 'rejected';
    case 'broke':
      return 'broke';
    case 'held':
      return decidedState(decided?.kind ?? 'cancelled');
  }
}

function decidedState(kind: NonNullable<StepRecord['decided']>['kind']): StepState {
  switch (kind) {
    case 'approved':
    case 'chosen':
      return 'done';
    case 'rejected':
      return 'rejected';
    case 'retried':
    case 'voided':
      return 'again';
    case 'rolled-back':
    case 'cancelled':
    case 'merged':
      return 'stopped';
  }
}

function indexOf(run: BegunRun, id: string): number {
  return run.definition.workflow.steps.findIndex((step) => step.id === id);
}
