import type { ServerResponse } from 'node:http';
import type { Answering, Asked } from './fake-provider.ts';

/** What a model says next: it calls one of its tools. */
export interface ToolCall {
  readonly name: string;
  readonly input: unknown;
}

export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** Hands in a piece of work. */
export function reportingWork(summary: string): ToolCall {
  const report = { kind: 'work', summary, details: '', facts: {}, deferred: [] };
  return { name: 'report', input: { report } };
}

/** A model that calls these tools, one in each answer, and each answer uses as many tokens. */
export function answerWithTools(next: (asked: Asked) => ToolCall, tokens: Tokens): Answering {
  return (asked, response) => answer(asked, response, { call: next(asked), tokens });
}

function answer(
  { body }: Asked,
  response: ServerResponse,
  { call, tokens }: { readonly call: ToolCall; readonly tokens: Tokens },
): void {
  const { stream, model } = JSON.parse(body) as { stream?: boolean; model: string };
  const usage = {
    prompt_tokens: tokens.input,
    completion_tokens: tokens.output,
    total_tokens: tokens.input + tokens.output,
  };
  const base = { id: 'chatcmpl-1', created: 1, model };
  const toolCall = {
    index: 0,
    id: `call_${Math.random().toString(36).slice(2)}`,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.input) },
  };
  if (stream !== true) {
    const message = { role: 'assistant', content: null, tool_calls: [toolCall] };
    const choices = [{ index: 0, message, finish_reason: 'tool_calls' }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...base, object: 'chat.completion', choices, usage }));
    return;
  }
  const events = [
    { choices: [{ index: 0, delta: { role: 'assistant', tool_calls: [toolCall] }, finish_reason: null }] },
    { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
    { choices: [], usage },
  ];
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) {
    response.write(`data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', ...event })}\n\n`);
  }
  response.end('data: [DONE]\n\n');
}
