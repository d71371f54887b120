import type { StepRecord } from '../domain/run.ts';

/**
 * The name of the check run with which an attempt waits for a person. When the step did not ask by itself, its check
 * is an escalation and must not pass for the step's own check.
 */
export function holdCheckName({ step, outcome }: StepRecord): string {
  return outcome.kind === 'held' ? `baton / ${step}` : `baton / ${step} (decision)`;
}
