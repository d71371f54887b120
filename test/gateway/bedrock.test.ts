import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { describe, expect, it } from 'vitest';
import type { AwsAccess } from '../../src/gateway/provider.ts';
import { type Asked, answerJson, type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { ask, REQUEST, useGateways } from './lines.ts';

const MODEL = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';
const SIGNED: AwsAccess = {
  kind: 'signed',
  accessKeyId: 'AKIACANARY0000000000',
  secretAccessKey: 'aws-canary-secret-0123456789',
  sessionToken: 'canary-session-token',
  region: 'eu-central-1',
};
const API_KEY: AwsAccess = { kind: 'api-key', key: 'bedrock-api-key-canary' };
const CALL = { model: MODEL, max_tokens: 10, messages: [{ role: 'user', content: 'Hello' }] };

/** As AWS's own library writes it. */
const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString(),
  (given) => Buffer.from(given),
);

function text(value: string) {
  return { type: 'string', value } as const;
}

function chunk(event: unknown): Buffer {
  const bytes = Buffer.from(JSON.stringify(event)).toString('base64');
  return frame(
    {
      ':event-type': text('chunk'),
      ':content-type': text('application/json'),
      ':message-type': text('event'),
    },
    { bytes, p: 'abcdef' },
  );
}

function frame(headers: Record<string, ReturnType<typeof text>>, body: unknown): Buffer {
  return Buffer.from(codec.encode({ headers, body: Buffer.from(JSON.stringify(body)) }));
}

const EVENTS = [
  { type: 'message_start', message: { usage: { input_tokens: 100, output_tokens: 1 } } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Grüße – 你好' } },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 20 } },
  { type: 'message_stop' },
];

/** Signature Version 4 as AWS describes it, for this one kind of request. */
function signatureOf({ method, url, headers, body }: Asked): string {
  const [, scope = '', names = ''] =
    /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? [];
  const path = url.split('/').map(encodeURIComponent).join('/');
  const hash = createHash('sha256').update(body).digest('hex');
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, path, '', lines.join(''), names, hash].join('\n');
  const digest = createHash('sha256').update(canonical).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, digest].join('\n');
  const key = scope
    .split('/')
    .reduce<Buffer>(
      (secret, part) => hmac(secret, part),
      Buffer.from(`AWS4${SIGNED.kind === 'signed' ? SIGNED.secretAccessKey : ''}`),
    );
  return hmac(key, toSign).toString('hex');
}

function hmac(key: Buffer, part: string): Buffer {
  return createHmac('sha256', key).update(part).digest();
}

const gateways = useGateways();

async function openBedrock(access: AwsAccess) {
  const fake: FakeProvider = await startFakeProvider();
  const url = fake.url.replace('/v1', '');
  const opened = await gateways.open('anthropic', { provider: { kind: 'bedrock', url, access } });
  const line = await opened.gateway.open({ ...REQUEST, models: [MODEL] });
  function askLine(body: unknown, headers: Record<string, string> = {}) {
    return ask(line, body, { path: '/v1/messages?beta=true', headers });
  }
  return { ...opened, fake, line, askLine };
}

describe('src/gateway/bedrock', () => {
  it('signs a call, puts the model into its path, and meters the answer', async () => {
    const { fake, line, askLine, spending } = await openBedrock(SIGNED);
    fake.answer(answerJson({ content: [], usage: { input_tokens: 7, output_tokens: 3 } }));
    const reply = await askLine(CALL, {
      'anthropic-beta': 'one-1, two-2',
      'anthropic-version': '2023-06-01',
    });
    expect(reply.status).toBe(200);
    await line.close();
    const [asked] = fake.asked;
    expect(asked?.url).toBe(`/model/${encodeURIComponent(MODEL)}/invoke`);
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      max_tokens: 10,
      messages: CALL.messages,
      anthropic_version: 'bedrock-2023-05-31',
      anthropic_beta: ['one-1', 'two-2'],
    });
    const authorization = asked?.headers.authorization ?? '';
    expect(authorization).toContain('/eu-central-1/bedrock/aws4_request');
    expect(authorization).toContain('x-amz-security-token');
    expect(authorization.split('Signature=')[1]).toBe(asked === undefined ? '' : signatureOf(asked));
    expect(JSON.stringify(asked)).not.toContain('aws-canary-secret');
    expect(spending.calls).toMatchObject([{ model: MODEL, inputTokens: 7, outputTokens: 3 }]);
    await fake.stop();
  });

  it('turns its event stream into the events of Anthropic, in whatever pieces it comes', async () => {
    const { fake, line, askLine, spending } = await openBedrock(API_KEY);
    const stream = Buffer.concat(EVENTS.map(chunk));
    fake.answer(async (_asked, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
      for (let at = 0; at < stream.length; at += 13) {
        if (!response.write(stream.subarray(at, at + 13))) {
          await once(response, 'drain');
        }
      }
      response.end();
    });
    const reply = await askLine({ ...CALL, stream: true });
    expect(reply.headers['content-type']).toBe('text/event-stream');
    expect(reply.text).toBe(
      EVENTS.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
    );
    await line.close();
    expect(fake.asked[0]?.url).toBe(`/model/${encodeURIComponent(MODEL)}/invoke-with-response-stream`);
    expect(fake.asked[0]?.headers.authorization).toBe('Bearer bedrock-api-key-canary');
    expect(JSON.parse(fake.asked[0]?.body ?? '')).not.toHaveProperty('stream');
    expect(spending.calls).toMatchObject([{ inputTokens: 100, outputTokens: 20 }]);
    await fake.stop();
  });

  it('says in the middle of a stream that the provider broke off, and cuts one that is damaged', async () => {
    const { fake, askLine } = await openBedrock(API_KEY);
    const broken = frame(
      { ':exception-type': text('throttlingException'), ':message-type': text('exception') },
      { message: 'slow down' },
    );
    const damaged = chunk(EVENTS[1]);
    damaged[20] = (damaged[20] ?? 0) ^ 1;
    for (const second of [broken, damaged]) {
      fake.answer((_asked, response) => {
        response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
        response.write(chunk(EVENTS[0]));
        response.end(second);
      });
      const reply = await askLine({ ...CALL, stream: true }).catch((error: unknown) => error);
      expect(JSON.stringify(reply)).toMatch(second === broken ? /overloaded_error/ : /ECONNRESET|aborted/);
    }
    await fake.stop();
  });

  it('tells errors as Anthropic does, without a key in them', async () => {
    const { fake, line, askLine } = await openBedrock(API_KEY);
    fake.answer(answerJson({ message: 'no model for bedrock-api-key-canary' }, 404));
    expect(JSON.parse((await askLine(CALL)).text)).toEqual({
      type: 'error',
      error: { type: 'not_found_error', message: 'no model for [secret]' },
    });
    fake.answer(answerJson({ message: 'Too many tokens' }, 429));
    expect(await askLine(CALL)).toMatchObject({ status: 429 });
    expect((await ask(line, CALL, { path: '/v1/messages/count_tokens' })).status).toBe(404);
    await fake.stop();
  });
});
