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
  /** How the program of the last agent crashed, in its words; null when it did not. */
  readonly crash: string | null;
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
  let used: Used = { usage: null, refusal: null, crash: null, asked: [] };
  // An attempt that was interrupted is made again, and what it used before is told by its first line.
  const before: Usage[] = [];
  let lineCount = 0;
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
                lineCount += 1;
                before.push(...(lineCount === 1 ? [line.usedBefore] : []));
                return line;
              },
            },
      runtime: {
        ...runtime,
        async run(...asked) {
          const startedMs = elapsedMs();
          const answer = await runtime.run(...asked);
          const ms = Math.round(elapsedMs() - startedMs);
          used = addCall(used, answer, { lines: lines.splice(0), before: before.splice(0), ms });
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

/** One agent's use of models. */
interface CallUse {
  readonly lines: readonly ModelLine[];
  /** What was used when the first line of the attempt was opened, if that was one of these. */
  readonly before: readonly Usage[];
  readonly ms: number;
}

function addCall(soFar: Used, answer: AgentAnswer, { lines, before, ms }: CallUse): Used {
  const own = toUsage(answer, lines);
  const usage = own === null ? null : before.reduce(addUsage, own);
  const refusal = answer.kind === 'failed' ? (lastRefusal(lines) ?? soFar.refusal) : null;
  return {
    ...soFar,
    usage:
      usage === null ? soFar.usage : { ...addAttempt(soFar.usage, { ...usage, ms }), ...toWarnings(lines) },
    refusal,
    crash: answer.kind === 'failed' && isCrash(answer) ? answer.message : null,
  };
}

/** What would only crash in the same way again is for a person. */
function isCrash({ reason, retriable }: Extract<AgentAnswer, { kind: 'failed' }>): boolean {
  return reason === 'crash' && retriable;
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
