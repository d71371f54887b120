import { type Budget, standingWords } from '../domain/budget.ts';
import type { ModelRefusal } from '../domain/model-refusal.ts';
import { type AttemptUsage, addUsage, NOTHING_USED, type Usage } from '../domain/usage.ts';
import type { AgentAnswer, AgentRuntime } from '../ports/agent-runtime.ts';
import type { ModelGateway, ModelLine } from '../ports/model-gateway.ts';

/** What agents of one attempt are given, and what is known of it. */
interface Metering {
  /** What the run may use. */
  readonly budgets: readonly Budget[];
  /** Milliseconds since some fixed moment; only differences mean something. */
  readonly elapsedMs: () => number;
}

/** What the agents of an attempt used by now. */
export interface Used {
  /** Null: none was asked, or nobody can tell. */
  readonly usage: AttemptUsage | null;
  /** What stopped an agent; null when none was stopped. */
  readonly refusal: ModelRefusal | null;
}

/** Reading the meter of one attempt. */
export interface AttemptMeter {
  readonly gateway: ModelGateway | null;
  readonly runtime: AgentRuntime;
  used(): Used;
}

/** Puts a meter between an attempt and its models: the same gateway and runtime, whose use is counted. */
export function meterAttempt(
  { gateway, runtime }: { readonly gateway: ModelGateway | null; readonly runtime: AgentRuntime },
  { budgets, elapsedMs }: Metering,
): AttemptMeter {
  const lines: ModelLine[] = [];
  let used: Used = { usage: null, refusal: null };
  return {
    gateway: gateway === null ? null : { open: openCounted },
    runtime: { ...runtime, run: runCounted },
    used: () => used,
  };

  async function openCounted(request: Parameters<ModelGateway['open']>[0]): Promise<ModelLine> {
    if (gateway === null) {
      throw new Error('no provider of models is configured');
    }
    const line = await gateway.open({ ...request, budgets });
    lines.push(line);
    return line;
  }

  async function runCounted(...asked: Parameters<AgentRuntime['run']>): Promise<AgentAnswer> {
    const startedMs = elapsedMs();
    const answer = await runtime.run(...asked);
    const ms = Math.round(elapsedMs() - startedMs);
    used = addCall(used, answer, { lines: lines.splice(0), ms });
    return answer;
  }
}

function addCall(
  before: Used,
  answer: AgentAnswer,
  { lines, ms }: { readonly lines: readonly ModelLine[]; readonly ms: number },
): Used {
  const usage = toUsage(answer, lines);
  const refusal = answer.kind === 'failed' ? lastRefusal(lines) : null;
  return {
    usage:
      usage === null ? before.usage : { ...addAttempt(before.usage, { ...usage, ms }), ...toWarnings(lines) },
    refusal: refusal ?? before.refusal,
  };
}

function addAttempt(before: AttemptUsage | null, call: AttemptUsage): AttemptUsage {
  return before === null ? call : { ...addUsage(before, call), ms: before.ms + call.ms };
}

function toWarnings(lines: readonly ModelLine[]): Pick<AttemptUsage, 'warnings'> {
  const warnings = [...new Set(lines.flatMap((line) => line.nearlyUsedUp()).map(standingWords))];
  return warnings.length === 0 ? {} : { warnings };
}

function lastRefusal(lines: readonly ModelLine[]): ModelRefusal | null {
  return lines.at(-1)?.refusal() ?? null;
}

/** What the lines have counted; of the price a runtime can know better. */
function toUsage(answer: AgentAnswer, lines: readonly ModelLine[]): Usage | null {
  const told = answer.kind === 'answered' ? answer.usage : null;
  if (lines.length === 0) {
    return told;
  }
  const counted = lines.map((line) => line.usage()).reduce(addUsage, NOTHING_USED);
  return { ...counted, costUsd: told?.costUsd ?? counted.costUsd };
}
