import type { Brief } from '../../domain/brief.ts';
import type { AgentAnswer } from '../../ports/agent-runtime.ts';
import { type Failure, toOverdue } from './failure.ts';

/**
 * Works until the time limit or the signal, whichever comes first; both abort the signal that the work is given. Rejects
 * with an AbortError on the signal. `toFailure` says what any other error came to.
 */
export async function withinTime(
  { brief, signal }: { readonly brief: Pick<Brief, 'timeoutMs'>; readonly signal: AbortSignal },
  work: (stop: AbortSignal) => Promise<AgentAnswer>,
  toFailure: (error: unknown) => Failure,
): Promise<AgentAnswer> {
  const overdue = AbortSignal.timeout(brief.timeoutMs);
  try {
    const answer = await work(AbortSignal.any([signal, overdue]));
    signal.throwIfAborted();
    return answer.kind === 'failed' && overdue.aborted ? toOverdue(brief) : answer;
  } catch (error) {
    signal.throwIfAborted();
    return overdue.aborted ? toOverdue(brief) : toFailure(error);
  }
}
