import type { Leg } from './leg.ts';
import type { BegunRun, StepRecord } from './run.ts';

/** The number of the leg that a step of the run belongs to; undefined when nobody chose it. */
export function legIndexOf({ definition, legs }: Pick<BegunRun, 'definition' | 'legs'>, id: string) {
  const chosenBy = definition.workflow.steps.find((step) => step.id === id)?.chosenBy;
  const index = legs.findLastIndex(({ by, replaced }) => by === chosenBy && replaced === undefined);
  return index === -1 ? undefined : index;
}

/** The leg that the run is in; null when its present step is nobody's choice. */
export function presentLeg(
  run: Pick<BegunRun, 'definition' | 'legs'> & { readonly step: string },
): Leg | null {
  return run.legs[legIndexOf(run, run.step) ?? -1] ?? null;
}

/** Whether the attempt was made in a leg that another choice has replaced. */
export function isOfReplaced({ legs }: Pick<BegunRun, 'legs'>, { leg }: Pick<StepRecord, 'leg'>): boolean {
  return leg !== undefined && legs[leg]?.replaced === true;
}

/**
 * Which try at its step an attempt is. Attempts are numbered through the run, but the step of another leg that has the same
 * name is another step.
 */
export function tryOf(
  { history }: Pick<BegunRun, 'history'>,
  {
    step,
    attempt,
    leg,
  }: { readonly step: string; readonly attempt: number; readonly leg?: number | undefined },
): number {
  const elsewhere = history.filter(
    (other) => other.step === step && other.leg !== leg && other.attempt < attempt,
  );
  return attempt - elsewhere.length;
}
