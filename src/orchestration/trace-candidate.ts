import { crashOf } from '../domain/agent-crashes.ts';
import { estimateTokens } from '../domain/estimate-tokens.ts';
import type { RunningRun } from '../domain/run.ts';
import type { AgentEvent } from '../ports/agent-event.ts';
import type { AgentAnswer, AgentRuntime } from '../ports/agent-runtime.ts';
import type { CallTrace, Launch, Traces } from '../ports/traces.ts';
import type { ReadyCandidate } from './to-asking.ts';

interface Tracing {
  readonly role: string;
  /** Why those before it have failed, in this attempt. */
  readonly failed: readonly string[];
  readonly traces: Pick<Traces, 'openCall'>;
}

/** The same candidate; when it is asked, the launch, what it does and its end are recorded. */
export function traceCandidate(run: RunningRun, candidate: ReadyCandidate, tracing: Tracing): ReadyCandidate {
  const { runtime } = candidate.hand;
  const traced: AgentRuntime = {
    ...runtime,
    async run(brief, place, signal) {
      const tokens = estimateTokens(brief.instructions) + estimateTokens(brief.prompt);
      const call = tracing.traces.openCall({ ...toLaunch(run, candidate, tracing), tokens });
      function emit(event: AgentEvent): void {
        call.hear(event);
        place.emit(event);
      }
      const answer = await runtime.run(brief, { ...place, emit }, signal).catch(endWith(call));
      call.ended(toEnd(answer));
      return answer;
    },
  };
  return { ...candidate, hand: { ...candidate.hand, runtime: traced } };
}

/** A later attempt is a restart of what an earlier one broke off, and so is asking another in its place. */
function toLaunch(
  { order, step, attempt, history }: RunningRun,
  { runtime, provider, model }: ReadyCandidate,
  { role, failed }: Tracing,
): Launch {
  const restarts = attempt - 1 + failed.length;
  const last = history.at(-1);
  const crash = last === undefined ? null : crashOf(last.outcome);
  return {
    trace: order.id,
    agent: role,
    step,
    attempt,
    runtime,
    model: provider === null ? null : model,
    ...(provider === null ? {} : { provider }),
    task: step,
    restart:
      restarts === 0 ? null : { restarts, reason: failed.at(-1) ?? crash?.message ?? `attempt ${attempt}` },
  };
}

function toEnd(answer: AgentAnswer): Parameters<CallTrace['ended']>[0] {
  return answer.kind === 'failed' ? { kind: 'failed', reason: answer.message } : { kind: 'answered' };
}

function endWith(call: CallTrace): (error: unknown) => never {
  return (error) => {
    call.ended({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    throw error;
  };
}
