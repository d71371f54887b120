import type { Brief } from '../../domain/brief.ts';
import type { AgentAnswer } from '../../ports/agent-runtime.ts';

export type Failure = Extract<AgentAnswer, { kind: 'failed' }>;
type Reason = Failure['reason'];

/** Why the agent cannot go on; `remedy` says what a person can do about it. */
export function failed(reason: Reason, message: string, remedy: string): Failure {
  return { kind: 'failed', reason, message, remedy, retriable: false };
}

/** The same for what can be well the next time. */
export function failedForNow(reason: Reason, message: string, remedy: string): Failure {
  return { ...failed(reason, message, remedy), retriable: true };
}

export function toOverdue({ timeoutMs }: Pick<Brief, 'timeoutMs'>): Failure {
  return failedForNow(
    'time-limit',
    `The agent did not come to an end within ${Math.round(timeoutMs / 60_000)} minutes.`,
    'Retry; if it happens again, make the issue smaller or the time limit of the step longer.',
  );
}

export function toTooManyTurns(turns: number): Failure {
  return failedForNow(
    'turns',
    `The agent asked its model ${turns} times without coming to an end.`,
    'Retry; if it happens again, make the issue smaller.',
  );
}

/** `faults`: what was wrong with the last one. */
export function toNoReport(faults: readonly string[]): Failure {
  return failedForNow(
    'no-report',
    `The agent gave no report that could be taken: ${faults.join('; ')}`,
    'Retry; if it happens again, look at the role and its model.',
  );
}

/** A word of the model, not trouble of the provider: another model is not asked in its place. */
export function toModelRefused(): Failure {
  return failed(
    'no-report',
    'The model refused to work on this.',
    'Look at the issue, or take another model.',
  );
}
