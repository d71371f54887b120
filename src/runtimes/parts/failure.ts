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
