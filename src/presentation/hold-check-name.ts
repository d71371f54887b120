import type { StepRecord } from '../domain/run.ts';

/**
 * The name of the check run with which an attempt waits for a person. One that asks how to go on must not pass for the
 * step's own check.
 */
export function holdCheckName(record: StepRecord): string {
  return asksApproval(record) ? `baton / ${record.step}` : `baton / ${record.step} (decision)`;
}

/** Whether the step itself asks for a yes or a no. */
export function asksApproval({ outcome }: StepRecord): boolean {
  return outcome.kind === 'held' && outcome.hold.kind !== 'escalation';
}
