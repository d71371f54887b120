import type { StepKind } from '../domain/step-kind.ts';
import type { Workflow } from '../domain/workflow.ts';

/**
 * Whether a step of `host` may choose `taken`, which must not have ruled that out. What is put in is about the same kind
 * of subject and does not choose again in its turn, or nobody could say where a run leads; only a workflow that does
 * nothing but choose hands over to one that chooses task by task.
 */
export function mayBeChosen(
  host: Pick<Workflow, 'subject' | 'steps'>,
  taken: Workflow,
  stepKinds: ReadonlyMap<string, StepKind>,
): boolean {
  if (taken.offered === false || taken.subject !== host.subject || isMereChoice(taken, stepKinds)) {
    return false;
  }
  return isMereChoice(host, stepKinds) || findChooser(taken, stepKinds) === -1;
}

/** The place of the step that chooses; -1 when there is none. */
export function findChooser(
  { steps }: Pick<Workflow, 'steps'>,
  stepKinds: ReadonlyMap<string, StepKind>,
): number {
  return steps.findIndex(({ kind }) => stepKinds.get(kind)?.endings.includes('chosen') === true);
}

/** Whether a workflow ends with its choice, and so becomes what is chosen. */
export function isMereChoice(
  workflow: Pick<Workflow, 'steps'>,
  stepKinds: ReadonlyMap<string, StepKind>,
): boolean {
  return findChooser(workflow, stepKinds) === workflow.steps.length - 1;
}
