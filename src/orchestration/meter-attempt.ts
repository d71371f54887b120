import type { Asked } from '../domain/asked.ts';
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

/** A runtime that is up, and the way to the models that it asks. */
export interface RuntimeAtHand {
  readonly runtime: AgentRuntime;
  /** Whose models they are; null when it asks none. */
  readonly provider: string | null;
  /** Null when no provider of models is configured. */
  readonly gateway: ModelGateway | null;
}

/** By the name of the runtime. */
export type RuntimesAtHand = ReadonlyMap<string, RuntimeAtHand>;

/** What the agents of an attempt used by now. */
export interface Used {
  /** Null: none was asked, or nobody can tell. */
  readonly usage: AttemptUsage | null;
  /** What stopped an agent; null when none was stopped, or another has answered in its place. */
  readonly refusal: ModelRefusal | null;
  /** Who was asked, in order. */
  readonly asked: readonly Asked[];
}

/** Reading the meter of one attempt. */
export interface AttemptMeter {
  readonly runtimes: RuntimesAtHand;
  note(asked: Asked): void;
  used(): Used;
}

/** Puts a meter between an attempt and its models: the same runtimes and gateways, whose use is counted. */
export function meterAttempt(runtimes: RuntimesAtHand, { budgets, elapsedMs }: Metering): AttemptMeter {
  let used: Used = { usage: null, refusal: null, asked: [] };
  function toMetered(hand: RuntimeAtHand): RuntimeAtHand {
    const { runtime, gateway } = hand;
    const lines: ModelLine[] = [];
    return {
      ...hand,
      gateway:
        gateway === null
          ? null
          : {
              async open(request) {
                const line = await gateway.open({ ...request, budgets });
                lines.push(line);
                return line;
              },
            },
      runtime: {
        ...runtime,
        async run(...asked) {
          const startedMs = elapsedMs();
          const answer = await runtime.run(...asked);
          const ms = Math.round(elapsedMs() - startedMs);
          used = addCall(used, answer, { lines: lines.splice(0), ms });
          return answer;
        },
      },
    };
  }
  return {
    runtimes: new Map([...runtimes].map(([name, hand]) => [name, toMetered(hand)])),
    note(asked) {
      used = { ...used, asked: [...used.asked, asked] };
    },
    used: () => used,
  };
}

function addCall(
  before: Used,
  answer: AgentAnswer,
  { lines, ms }: { readonly lines: readonly ModelLine[]; readonly ms: number },
): Used {
  const usage = toUsage(answer, lines);
  const refusal = answer.kind === 'failed' ? (lastRefusal(lines) ?? before.refusal) : null;
  return {
    ...before,
    usage:
      usage === null ? before.usage : { ...addAttempt(before.usage, { ...usage, ms }), ...toWarnings(lines) },
    refusal,
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
