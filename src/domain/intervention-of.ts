import type { HeldRun, Run } from './run.ts';

/** A person has to act, and going on is not a matter of another try. */
export interface NeededIntervention {
  readonly run: HeldRun;
  /** What it is known by: asked about again, it is the same. */
  readonly key: string;
}

/** These end by themselves, or are a choice and no failure. */
const ORDINARY: ReadonlySet<string> = new Set(['budget', 'quota', 'unclear']);

/** What the run needs of a person, if its workflow makes an issue of that and the repository leaves it so. */
export function interventionOf(run: Run): NeededIntervention | null {
  if (run.state !== 'held' || !isWanted(run)) {
    return null;
  }
  const { hold, order, step, attempt } = run;
  const isFailure = hold.kind === 'security' || (hold.kind === 'escalation' && !isOrdinary(hold));
  return isFailure ? { run, key: `intervention:${order.id}:${step}:${attempt}` } : null;
}

/** A crash that is mended by itself concerns nobody. */
function isOrdinary({ trigger, until }: Extract<HeldRun['hold'], { kind: 'escalation' }>): boolean {
  return ORDINARY.has(trigger) || (trigger === 'crash' && until !== undefined);
}

function isWanted({ definition, settings }: HeldRun): boolean {
  return definition.workflow.interventionIssue === true && settings.delivery.interventionIssue !== false;
}
