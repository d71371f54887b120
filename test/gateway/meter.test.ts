import { describe, expect, it } from 'vitest';
import { createMeter } from '../../src/gateway/meter/create-meter.ts';
import type { Metered } from '../../src/gateway/meter/metered.ts';
import type { Form } from '../../src/gateway/route.ts';

const SSE = 'text/event-stream; charset=utf-8';
const JSON_TYPE = 'application/json';

function meter(form: Form, type: string, text: string, cut = text.length): Metered {
  const one = createMeter(form, type);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += cut) {
    one.push(bytes.subarray(at, at + cut));
  }
  return one.end();
}

function events(...all: readonly unknown[]): string {
  return all
    .map((event) => `event: ${(event as { type?: string }).type ?? 'x'}\ndata: ${JSON.stringify(event)}\n\n`)
    .join('');
}

function told(inputTokens: number | null, outputTokens: number | null, rest: Partial<Metered> = {}): Metered {
  return { inputTokens, outputTokens, cacheReadTokens: null, cacheWriteTokens: null, costUsd: null, ...rest };
}

/** As the provider sends them, but for what is not read. */
const MESSAGES_STREAM = events(
  {
    type: 'message_start',
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude-x',
      content: [],
      usage: {
        input_tokens: 12,
        cache_creation_input_tokens: 300,
        cache_read_input_tokens: 2000,
        cache_creation: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 0 },
        output_tokens: 4,
        service_tier: 'standard',
      },
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'ping' },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'It says "usage": 1 — né' } },
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: {
      input_tokens: 12,
      cache_creation_input_tokens: 300,
      cache_read_input_tokens: 2000,
      output_tokens: 88,
    },
  },
  { type: 'message_stop' },
);

const RESPONSES_USAGE = {
  input_tokens: 900,
  input_tokens_details: { cached_tokens: 512 },
  output_tokens: 60,
  output_tokens_details: { reasoning_tokens: 40 },
  total_tokens: 960,
};

const CHAT_USAGE = {
  prompt_tokens: 900,
  completion_tokens: 60,
  total_tokens: 960,
  prompt_tokens_details: { cached_tokens: 512, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 40 },
};

describe('src/gateway/meter/create-meter', () => {
  const cached = { cacheReadTokens: 512 };

  it.each<[string, Form, string, string, Metered]>([
    [
      'Messages, whole',
      'messages',
      JSON_TYPE,
      JSON.stringify({
        type: 'message',
        content: [{ type: 'text', text: 'hi' }],
        usage: { input_tokens: 12, cache_read_input_tokens: 0, output_tokens: 88 },
      }),
      told(12, 88, { cacheReadTokens: 0 }),
    ],
    [
      'Messages, as a stream',
      'messages',
      SSE,
      MESSAGES_STREAM,
      told(2312, 88, { cacheReadTokens: 2000, cacheWriteTokens: 300 }),
    ],
    [
      'Messages, a stream that ends early',
      'messages',
      SSE,
      MESSAGES_STREAM.slice(0, MESSAGES_STREAM.indexOf('event: content_block_stop')),
      told(2312, null, { cacheReadTokens: 2000, cacheWriteTokens: 300 }),
    ],
    [
      'Chat Completions, whole',
      'chat',
      JSON_TYPE,
      JSON.stringify({ choices: [], usage: CHAT_USAGE }),
      told(900, 60, cached),
    ],
    [
      'Chat Completions, as a stream',
      'chat',
      SSE,
      `data: {"choices":[{"delta":{"content":"a"}}],"usage":null}\n\ndata: ${JSON.stringify({ choices: [], usage: CHAT_USAGE })}\n\ndata: [DONE]\n\n`,
      told(900, 60, cached),
    ],
    [
      'Chat Completions, with a price',
      'chat',
      JSON_TYPE,
      JSON.stringify({ usage: { ...CHAT_USAGE, cost: 0.0123 } }),
      told(900, 60, { ...cached, costUsd: 0.0123 }),
    ],
    [
      'Chat Completions, a stream that tells nothing',
      'chat',
      SSE,
      'data: {"choices":[]}\n\n',
      told(null, null),
    ],
    [
      'Responses, whole',
      'responses',
      JSON_TYPE,
      JSON.stringify({ object: 'response', output: [], usage: RESPONSES_USAGE }),
      told(900, 60, cached),
    ],
    [
      'Responses, as a stream',
      'responses',
      SSE,
      events(
        { type: 'response.created', response: { id: 'resp_1', usage: null } },
        { type: 'response.output_text.delta', delta: 'hi' },
        { type: 'response.completed', response: { id: 'resp_1', usage: RESPONSES_USAGE } },
      ),
      told(900, 60, cached),
    ],
    [
      'Responses, cut off by the provider',
      'responses',
      SSE,
      events({ type: 'response.incomplete', response: { usage: RESPONSES_USAGE } }),
      told(900, 60, cached),
    ],
    ['what is no JSON', 'chat', JSON_TYPE, '<html>usage</html>', told(null, null)],
    [
      'counts that cannot be true',
      'chat',
      JSON_TYPE,
      '{"usage":{"prompt_tokens":-5,"completion_tokens":1e99,"cost":"free"}}',
      told(null, null),
    ],
    ['usage of another shape', 'messages', JSON_TYPE, '{"usage":[1,2],"message":"x"}', told(null, null)],
  ])('reads %s', (_what, form, type, text, metered) => {
    expect(meter(form, type, text)).toEqual(metered);
    // However it is cut on the way, also in the middle of a character.
    expect(meter(form, type, text, 1)).toEqual(metered);
    expect(meter(form, type, text.replaceAll('\n', '\r\n'), 7)).toEqual(metered);
  });

  it('does not keep a line without an end', () => {
    const one = createMeter('chat', SSE);
    const filling = Buffer.alloc(1024 * 1024, 'x');
    for (let times = 0; times < 40; times += 1) {
      one.push(filling);
    }
    one.push(Buffer.from(`\n\ndata: ${JSON.stringify({ usage: CHAT_USAGE })}\n\n`));
    expect(one.end()).toMatchObject({ inputTokens: 900 });
  });

  it('does not keep an answer without an end', () => {
    const one = createMeter('chat', JSON_TYPE);
    for (let times = 0; times < 40; times += 1) {
      one.push(Buffer.alloc(1024 * 1024, 'x'));
    }
    expect(one.end()).toEqual(told(null, null));
  });
});
