import { createHash } from 'node:crypto';
import type { Happening, TraceEvent } from '../../domain/trace-event.ts';

const ORCHESTRATOR = 'orchestrator';

type Value = { stringValue: string } | { intValue: string } | { boolValue: boolean };

/** A span in the JSON form of OTLP 1.x. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1: internal, 3: a client. */
  readonly kind: 1 | 3;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Value }[];
  /** 1: good, 2: an error. */
  readonly status: { readonly code: 1 | 2; readonly message?: string };
}

/**
 * Spans by the conventions of OpenTelemetry for generative AI: one for each call of an agent or of a tool, and for each
 * answer of a model; a step and a run have one, too. Ids are made of what they are about, so the parts fit together
 * whichever replica sent them. What is no end of anything has no span.
 */
export function toSpan(event: TraceEvent): Span | null {
  const { happened, agent } = event;
  if (happened.type === 'message_received' && agent !== ORCHESTRATOR) {
    return toLetter(event, 'receive', happened);
  }
  if (happened.type === 'message_sent' && agent !== ORCHESTRATOR) {
    return toLetter(event, 'send', happened);
  }
  if (happened.type === 'message_received') {
    return toInvocation(event, { ...happened, who: happened.from, failure: null });
  }
  if (happened.type === 'agent_failed') {
    return toInvocation(event, { ...happened, who: agent, failure: happened.reason });
  }
  if (happened.type === 'tool_called') {
    return toToolCall(event, happened);
  }
  if (happened.type === 'model_answered') {
    return toChat(event, happened);
  }
  return happened.type === 'task_completed' ? toTask(event, happened) : null;
}

/** Whose model was asked. */
interface Asking {
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
}

/** By the names that the conventions have for providers; any other has its own. */
const PROVIDERS: Readonly<Record<string, string>> = { bedrock: 'aws.bedrock', vertex: 'gcp.vertex_ai' };

function toAsked({ provider, model }: Asking): Readonly<Record<string, string | null>> {
  return {
    'gen_ai.provider.name': provider === undefined ? null : (PROVIDERS[provider] ?? provider),
    'gen_ai.request.model': model ?? null,
  };
}

function toChat(event: TraceEvent, answered: Extract<Happening, { type: 'model_answered' }>): Span {
  const { inputTokens, outputTokens, model } = answered;
  return toEnded(event, {
    name: model === undefined ? 'chat' : `chat ${model}`,
    id: [event.id],
    parent: callOf(event),
    ms: 0,
    failure: null,
    attributes: {
      'gen_ai.operation.name': 'chat',
      ...toAsked(answered),
      'gen_ai.usage.input_tokens': inputTokens,
      'gen_ai.usage.output_tokens': outputTokens,
    },
  });
}

function toInvocation(
  event: TraceEvent,
  { who, ms, failure, ...asking }: Asking & Pick<Ended, 'ms' | 'failure'> & { readonly who: string },
): Span {
  return toEnded(event, {
    name: `invoke_agent ${who}`,
    id: callOf(event),
    parent: stepOf(event),
    ms,
    failure,
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': who,
      ...toAsked(asking),
    },
  });
}

/** What a member of the team tells another, or hears from it. */
function toLetter(
  event: TraceEvent,
  verb: 'send' | 'receive',
  { task, about }: { readonly task: string; readonly about?: string | undefined },
): Span {
  return toEnded(event, {
    name: `${verb} ${task}`,
    id: [event.id],
    parent: callOf(event),
    ms: 0,
    failure: null,
    attributes: {
      'messaging.system': 'baton',
      'messaging.operation.name': verb,
      'messaging.operation.type': verb,
      'messaging.message.id': about ?? null,
    },
  });
}

function toToolCall(
  event: TraceEvent,
  { tool, ok, ms }: { readonly tool: string; readonly ok: boolean; readonly ms: number },
): Span {
  return toEnded(event, {
    name: `execute_tool ${tool}`,
    id: [event.id],
    parent: callOf(event),
    ms,
    failure: ok ? null : 'the tool said no',
    attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': tool },
  });
}

function callOf({ call, id }: TraceEvent): readonly string[] {
  return ['call', call ?? id];
}

/** A step, whose parent is the run; or the run or the waking itself. */
function toTask(
  event: TraceEvent,
  { task, outcome, ms }: { task: string; outcome: string; ms: number },
): Span {
  const isWhole = event.step === null;
  return toEnded(event, {
    name: event.agent === ORCHESTRATOR ? `${isWhole ? 'run' : 'step'} ${task}` : `${task} ${event.agent}`,
    id: isWhole ? [event.trace] : stepOf(event),
    parent: isWhole ? null : [event.trace],
    ms,
    failure: ['broke', 'rejected', 'failed', 'given-up'].includes(outcome) ? outcome : null,
    attributes: { 'baton.outcome': outcome },
  });
}

function stepOf({ trace, step, attempt }: TraceEvent): readonly string[] {
  return step === null ? [trace] : [trace, step, String(attempt)];
}

interface Ended {
  readonly name: string;
  readonly id: readonly string[];
  readonly parent: readonly string[] | null;
  readonly ms: number;
  readonly failure: string | null;
  readonly attributes: Readonly<Record<string, string | number | null>>;
}

function toEnded(event: TraceEvent, { name, id, parent, ms, failure, attributes }: Ended): Span {
  const endMs = Date.parse(event.at);
  const all = {
    ...attributes,
    'baton.trace': event.trace,
    'baton.step': event.step,
    'baton.attempt': event.attempt,
    // What failed has no class of its own; its words are the status.
    'error.type': failure === null ? null : '_OTHER',
  };
  return {
    traceId: digest([event.trace], 32),
    spanId: digest(id, 16),
    ...(parent === null ? {} : { parentSpanId: digest(parent, 16) }),
    name,
    kind: name.startsWith('chat') ? 3 : 1,
    startTimeUnixNano: toNano(endMs - Math.round(ms)),
    endTimeUnixNano: toNano(endMs),
    attributes: Object.entries(all).flatMap(([key, value]) =>
      value === null ? [] : [{ key, value: toValue(value) }],
    ),
    status: failure === null ? { code: 1 } : { code: 2, message: failure },
  };
}

function toValue(value: string | number): Value {
  return typeof value === 'string' ? { stringValue: value } : { intValue: String(value) };
}

function toNano(ms: number): string {
  return String(BigInt(ms) * 1_000_000n);
}

function digest(parts: readonly string[], digits: number): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, digits);
}
