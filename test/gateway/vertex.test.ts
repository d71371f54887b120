import { createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Asked, answerJson, type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { ask, REQUEST, useGateways } from './lines.ts';

const MODEL = 'claude-sonnet-4-5@20250929';
const CALL = { model: MODEL, max_tokens: 10, messages: [{ role: 'user', content: 'Hello' }] };
const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const ANSWER = { content: [], usage: { input_tokens: 7, output_tokens: 3 } };

const gateways = useGateways();

/** Google's exchange of tokens, and its models. `seconds`: how long a token lasts. */
async function openVertex({ seconds = 3600 }: { seconds?: number } = {}) {
  const google: FakeProvider = await startFakeProvider();
  google.answer((_asked, response) => {
    const body = {
      access_token: `ya29.canary-${google.asked.length}`,
      expires_in: seconds,
      token_type: 'Bearer',
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  const fake: FakeProvider = await startFakeProvider(answerJson(ANSWER));
  const access = {
    email: 'baton@some-project.iam.gserviceaccount.com',
    keyId: 'key-1',
    privateKey: KEYS.privateKey,
    tokenUrl: `${google.url}/token`,
  };
  const provider = {
    kind: 'vertex',
    url: fake.url,
    project: 'some-project',
    region: 'europe-west1',
    access,
  } as const;
  const opened = await gateways.open('anthropic', { provider });
  const line = await opened.gateway.open({ ...REQUEST, models: [MODEL] });
  return {
    ...opened,
    google,
    fake,
    line,
    askLine: (body: unknown, headers: Record<string, string> = {}) =>
      ask(line, body, { path: '/v1/messages?beta=true', headers }),
    stop: async () => void (await Promise.all([google.stop(), fake.stop()])),
  };
}

/** The claims of what was exchanged, when its signature holds. */
function readAssertion(asked: Asked | undefined): unknown {
  const form = new URLSearchParams(asked?.body);
  expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
  const [head = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
  const holds = createVerify('RSA-SHA256')
    .update(`${head}.${claims}`)
    .verify(KEYS.publicKey, signature, 'base64url');
  expect(holds).toBe(true);
  expect(readPart(head)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
  return readPart(claims);
}

function readPart(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

describe('src/gateway/vertex', () => {
  it('exchanges the key for a token, puts the model into the path, and meters the answer', async () => {
    const { google, fake, line, askLine, spending, stop } = await openVertex();
    expect((await askLine(CALL, { 'anthropic-beta': 'one-1' })).status).toBe(200);
    await line.close();
    const claims = readAssertion(google.asked[0]) as { iat: number; exp: number };
    expect(claims).toMatchObject({
      iss: 'baton@some-project.iam.gserviceaccount.com',
      scope: 'https://www.googleapis.com/auth/cloud-platform',
      aud: `${google.url}/token`,
    });
    expect(claims.exp - claims.iat).toBe(3600);
    const [asked] = fake.asked;
    const path = `/v1/projects/some-project/locations/europe-west1/publishers/anthropic/models/${MODEL}`;
    expect(asked?.url).toBe(`${path}:rawPredict`);
    expect(asked?.headers).toMatchObject({
      authorization: 'Bearer ya29.canary-1',
      'anthropic-beta': 'one-1',
    });
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      max_tokens: 10,
      messages: CALL.messages,
      anthropic_version: 'vertex-2023-10-16',
    });
    expect(spending.calls).toMatchObject([{ model: MODEL, inputTokens: 7, outputTokens: 3 }]);
    await stop();
  });

  it('passes a stream on as it comes', async () => {
    const { fake, line, askLine, spending, stop } = await openVertex();
    const events = [
      { type: 'message_start', message: { usage: { input_tokens: 100, output_tokens: 1 } } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 20 } },
    ];
    const text = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
    fake.answer((_asked, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(text);
    });
    expect((await askLine({ ...CALL, stream: true })).text).toBe(text);
    await line.close();
    expect(fake.asked[0]?.url).toMatch(/:streamRawPredict$/);
    expect(JSON.parse(fake.asked[0]?.body ?? '')).toMatchObject({ stream: true });
    expect(spending.calls).toMatchObject([{ inputTokens: 100, outputTokens: 20 }]);
    await stop();
  });

  it('asks for one token for many calls, and for another shortly before its end', async () => {
    const lasting = await openVertex();
    await Promise.all([1, 2, 3].map(() => lasting.askLine(CALL)));
    await lasting.askLine(CALL);
    expect(lasting.google.asked).toHaveLength(1);
    await lasting.stop();
    const short = await openVertex({ seconds: 200 });
    await short.askLine(CALL);
    await short.askLine(CALL);
    expect(short.google.asked).toHaveLength(2);
    expect(short.fake.asked.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer ya29.canary-1',
      'Bearer ya29.canary-2',
    ]);
    await short.stop();
  });

  it('says that Google gives no token, and asks again with the next call', async () => {
    const { google, fake, askLine, heard, stop } = await openVertex();
    google.answer(answerJson({ error: 'invalid_grant', error_description: 'Invalid JWT Signature.' }, 400));
    const refused = await askLine(CALL);
    expect(refused.status).toBe(502);
    expect(refused.text).toContain('no access token: invalid_grant');
    expect(heard.text()).toContain('Google gave no access token');
    expect(heard.text()).not.toContain('PRIVATE KEY');
    google.answer(answerJson({ access_token: 'ya29.second', expires_in: 3600 }));
    expect((await askLine(CALL)).status).toBe(200);
    expect(fake.asked).toHaveLength(1);
    await stop();
  });

  it("tells Google's errors as Anthropic does", async () => {
    const { fake, line, askLine, stop } = await openVertex();
    fake.answer(answerJson({ error: { code: 404, message: 'No such model.', status: 'NOT_FOUND' } }, 404));
    expect(JSON.parse((await askLine(CALL)).text)).toEqual({
      type: 'error',
      error: { type: 'not_found_error', message: 'No such model.' },
    });
    fake.answer(answerJson([{ error: { code: 429, message: 'Quota exceeded.' } }], 429));
    expect(await askLine(CALL)).toMatchObject({ status: 429 });
    expect((await ask(line, CALL, { path: '/v1/messages/count_tokens' })).status).toBe(404);
    await stop();
  });
});
