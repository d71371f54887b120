import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGateway } from '../../src/gateway/create-gateway.ts';
import { answerChat, answerJson } from '../support/fake-provider.ts';
import { createMemorySpending } from '../support/memory-spending.ts';
import { ask, KEY, REQUEST, useGateways } from './lines.ts';

const BODY = { model: 'model-a', messages: [{ role: 'user', content: 'hello' }] };

describe('src/gateway/create-gateway', () => {
  const gateways = useGateways();

  it('swaps the token of the line for the key, and passes nothing else of the head on', async () => {
    const { fake, gateway } = await gateways.open();
    fake.answer(answerChat('hi'));
    const line = await gateway.open(REQUEST);
    const reply = await ask(line, BODY, { headers: { 'openai-organization': 'org-x', cookie: 'a=b' } });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toMatchObject({ choices: [{ message: { content: 'hi' } }] });
    const [asked] = fake.asked;
    expect(asked?.url).toBe('/v1/chat/completions');
    expect(asked?.headers['authorization']).toBe(`Bearer ${KEY}`);
    expect(asked?.headers).not.toHaveProperty('openai-organization');
    expect(asked?.headers).not.toHaveProperty('cookie');
    expect(JSON.stringify(fake.asked)).not.toContain(line.token);
  });

  it('speaks to Anthropic in its own way', async () => {
    const { fake, gateway } = await gateways.open('anthropic');
    fake.answer(answerJson({ type: 'message', usage: { input_tokens: 3, output_tokens: 4 } }));
    const line = await gateway.open(REQUEST);
    const reply = await ask(line, BODY, {
      path: '/v1/messages?beta=true',
      headers: { authorization: '', 'x-api-key': line.token, 'anthropic-beta': 'some-beta' },
    });
    expect(reply.status).toBe(200);
    expect(fake.asked[0]?.url).toBe('/v1/messages?beta=true');
    expect(fake.asked[0]?.headers).toMatchObject({
      'x-api-key': KEY,
      'anthropic-version': '2023-06-01',
      'anthropic-beta': 'some-beta',
    });
    expect(fake.asked[0]?.headers).not.toHaveProperty('authorization');
    await line.close();
    expect(line.usage()).toEqual({ inputTokens: 3, outputTokens: 4, costUsd: expect.closeTo(0.00043, 6) });
  });

  it('refuses a wrong token before anything else', async () => {
    const { fake, gateway } = await gateways.open();
    const [one, other] = await Promise.all([gateway.open(REQUEST), gateway.open(REQUEST)]);
    for (const token of ['', 'x', other.token, `${one.token}x`]) {
      const reply = await ask({ ...one, token }, BODY);
      expect(reply.status).toBe(401);
    }
    expect(fake.asked).toEqual([]);
  });

  it.each([
    ['GET', '/v1/models'],
    ['GET', '/v1/chat/completions'],
    ['POST', '/v1/files'],
    ['POST', '/v1/chat/completions/../files'],
    ['POST', '/v1/messages'],
    ['POST', '//evil.example/v1/chat/completions'],
    ['PUT', '/v1/responses'],
  ])('knows nothing of %s %s', async (method, path) => {
    const { fake, gateway } = await gateways.open();
    const reply = await ask(await gateway.open(REQUEST), method === 'GET' ? '' : BODY, { method, path });
    expect(reply.status).toBe(404);
    expect(JSON.parse(reply.text)).toMatchObject({ error: { message: expect.any(String) } });
    expect(fake.asked).toEqual([]);
  });

  it('lets through the models of the line and no other', async () => {
    const { fake, gateway } = await gateways.open('anthropic');
    const line = await gateway.open(REQUEST);
    const path = '/v1/messages';
    for (const body of [{ model: 'model-c' }, {}, { model: ['model-a'] }]) {
      const reply = await ask(line, body, { path });
      expect(reply.status).toBe(403);
      expect(JSON.parse(reply.text)).toMatchObject({ type: 'error', error: { type: 'permission_error' } });
    }
    expect((await ask(line, 'not json', { path })).status).toBe(400);
    expect(fake.asked).toEqual([]);
    // Of two the last one is what is checked, so it must be the only one that is sent.
    await ask(line, '{"model":"model-c","model":"model-a"}', { path });
    expect(fake.asked.map(({ body }) => body)).toEqual(['{"model":"model-a"}']);
  });

  it('refuses a body that is too large without reading it all', async () => {
    const { gateway } = await gateways.open();
    const line = await gateway.open(REQUEST);
    const reply = await ask(line, '', { headers: { 'content-length': String(64 * 1024 * 1024) } });
    expect(reply.status).toBe(413);
  });

  it('passes a stream on as it comes, and reads the usage along', async () => {
    const { fake, gateway, spending } = await gateways.open();
    const { promise: more, resolve: goOn } = Promise.withResolvers<void>();
    fake.answer(async (_asked, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"choices":[{"delta":{"content":"first"}}]}\n\n');
      await more;
      response.end(
        'data: {"choices":[],"usage":{"prompt_tokens":70,"completion_tokens":5}}\n\ndata: [DONE]\n\n',
      );
    });
    const line = await gateway.open(REQUEST);
    const asked = request({
      socketPath: line.socketPath,
      path: '/v1/chat/completions',
      method: 'POST',
      headers: { authorization: `Bearer ${line.token}` },
    });
    asked.end(JSON.stringify({ ...BODY, stream: true }));
    const [answer] = await once(asked, 'response');
    const [first] = await once(answer, 'data');
    // The provider is still at it: it ends only after this.
    expect(String(first)).toContain('first');
    expect(spending.calls).toEqual([]);
    goOn();
    answer.resume();
    await once(answer, 'end');
    await line.close();
    expect(JSON.parse(fake.asked[0]?.body ?? '')).toMatchObject({ stream_options: { include_usage: true } });
    expect(spending.calls).toEqual([
      expect.objectContaining({ model: 'model-a', inputTokens: 70, outputTokens: 5, countedTokens: 75 }),
    ]);
  });

  it('stops the provider when the client goes away, and counts what was told until then', async () => {
    const { fake, gateway, spending } = await gateways.open('anthropic');
    const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
    fake.answer((_asked, response) => {
      response.once('close', stop);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(
        'event: message_start\ndata: {"type":"message_start","message":{"usage":{"input_tokens":50,"output_tokens":1}}}\n\n',
      );
    });
    const line = await gateway.open(REQUEST);
    const leaving = new AbortController();
    const asked = request({
      socketPath: line.socketPath,
      path: '/v1/messages',
      method: 'POST',
      headers: { 'x-api-key': line.token },
      signal: leaving.signal,
    });
    asked.on('error', () => undefined);
    asked.end(JSON.stringify({ ...BODY, stream: true }));
    const [answer] = await once(asked, 'response');
    answer.on('error', () => undefined);
    await once(answer, 'data');
    leaving.abort();
    await stopped;
    await line.close();
    // The model may have written for minutes.
    expect(spending.calls).toEqual([
      expect.objectContaining({ inputTokens: 50, outputTokens: null, costUsd: null }),
    ]);
    expect(spending.calls[0]?.countedTokens).toBeGreaterThanOrEqual(50);
  });

  it('counts a call whose end nobody told by its length, and says that it does not know', async () => {
    const { fake, gateway, spending } = await gateways.open();
    fake.answer(answerJson({ choices: [], padding: 'x'.repeat(4000) }));
    const line = await gateway.open(REQUEST);
    await ask(line, BODY);
    await line.close();
    expect(spending.calls).toEqual([
      expect.objectContaining({ inputTokens: null, outputTokens: null, costUsd: null }),
    ]);
    expect(spending.calls[0]?.countedTokens).toBeGreaterThan(1000);
    expect(line.usage()).toEqual({ inputTokens: null, outputTokens: null, costUsd: null });
  });

  it('answers for a provider that is not there, or is silent', async () => {
    const { fake, gateway, home } = await gateways.open('openai-compatible', { silenceMs: 50 });
    fake.answer(() => new Promise(() => undefined));
    const silent = await ask(await gateway.open(REQUEST), BODY);
    expect(silent.status).toBe(504);
    const nowhere = await createGateway({
      home: join(home, 'other'),
      provider: { kind: 'openai', url: 'http://127.0.0.1:1/v1', key: KEY },
      prices: {},
      spending: createMemorySpending(),
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    const gone = await ask(await nowhere.open(REQUEST), BODY);
    await nowhere.close();
    expect(gone.status).toBe(502);
    expect(gone.text).toContain('ECONNREFUSED');
  });

  it('never tells the key, not even when the provider quotes it', async () => {
    const { fake, gateway, heard } = await gateways.open();
    const line = await gateway.open(REQUEST);
    fake.answer(answerJson({ error: { message: `Incorrect API key provided: ${KEY}` } }, 401));
    const unauthorised = await ask(line, BODY);
    expect(unauthorised.status).toBe(502);
    // Asking again changes no key: only the operator can.
    expect(unauthorised.headers).toMatchObject({ 'x-should-retry': 'false' });
    fake.answer(answerJson({ error: { message: `${KEY} may not do this` } }, 400));
    const refused = await ask(line, BODY);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('[secret] may not do this');
    const everything = [
      unauthorised.text,
      refused.text,
      heard.text(),
      JSON.stringify([unauthorised, refused]),
    ];
    expect(everything.join('\n')).not.toContain('canary');
    expect(await readFile('/proc/self/cmdline', 'utf8')).not.toContain('canary');
  });

  it('keeps its sockets to itself, and removes them', async () => {
    const { gateway, home } = await gateways.open();
    const line = await gateway.open(REQUEST);
    expect((await stat(join(home, 'lines'))).mode & 0o777).toBe(0o700);
    expect((await stat(line.socketPath)).mode & 0o777).toBe(0o600);
    expect(Buffer.byteLength(line.socketPath)).toBeLessThan(104);
    await line.close();
    await line.close();
    expect(await readdir(join(home, 'lines'))).toEqual([]);
    await expect(ask(line, BODY)).rejects.toThrow(/ENOENT/);
  });

  it('removes what a crash has left, and leaves the sockets of others alone', async () => {
    const { gateway, home, fake } = await gateways.open();
    const alive = await gateway.open(REQUEST);
    await leaveSocket(join(home, 'lines/dead.sock'));
    const second = await createGateway({
      home,
      provider: { kind: 'openai', url: fake.url, key: KEY },
      prices: {},
      spending: createMemorySpending(),
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    expect(await readdir(join(home, 'lines'))).toEqual([alive.socketPath.split('/').at(-1)]);
    await second.close();
  });

  it('finds a shorter place when the home is too deep for a socket', async () => {
    const { home, fake } = await gateways.open();
    const deep = join(home, 'd'.repeat(60), 'e'.repeat(60));
    await mkdir(deep, { recursive: true });
    const gateway = await createGateway({
      home: deep,
      provider: { kind: 'openai', url: fake.url, key: KEY },
      prices: {},
      spending: createMemorySpending(),
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    fake.answer(answerChat('hi'));
    const line = await gateway.open(REQUEST);
    expect((await ask(line, BODY)).status).toBe(200);
    await gateway.close();
    await rm(dirname(line.socketPath), { recursive: true });
  });

  it('closes its lines with calls under way', async () => {
    const { fake, gateway } = await gateways.open();
    fake.answer(() => new Promise(() => undefined));
    const line = await gateway.open(REQUEST);
    const under = ask(line, BODY).catch((error: unknown) => error);
    await expect.poll(() => fake.asked.length).toBe(1);
    await gateway.close();
    expect(await under).toBeInstanceOf(Error);
  });

  it('does not follow a provider to another place', async () => {
    const { fake, gateway } = await gateways.open();
    const other = createServer((_request, response) => response.end('leaked'));
    other.listen(0, '127.0.0.1');
    fake.answer((_asked, response) => {
      response.writeHead(307, { location: 'http://127.0.0.1:9/' });
      response.end();
    });
    const reply = await ask(await gateway.open(REQUEST), BODY);
    other.close();
    expect(reply.status).toBe(502);
    expect(reply.headers).not.toHaveProperty('location');
  });
});

/** A socket whose process was killed while it listened. */
async function leaveSocket(path: string): Promise<void> {
  const script = `require('node:net').createServer().listen(process.argv[1], () => console.log('up'))`;
  const child = spawn(process.execPath, ['-e', script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}
