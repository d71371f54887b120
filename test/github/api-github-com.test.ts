import { generateKeyPairSync } from 'node:crypto';
import nock from 'nock';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGithubApp } from '../../src/github/create-github-app.ts';
import { permissionOf } from '../../src/github/permission-of.ts';
import { createInstantTimer } from './support/instant-timer.ts';

const API = 'https://api.github.com';
const REPOSITORY = { id: 901, owner: 'acme', name: 'orders', installationId: 77 };
const ADA = { id: 11, login: 'ada' };
const PERMISSION = '/repos/acme/orders/collaborators/ada/permission';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

function openApp() {
  return createGithubApp({
    appId: 4242,
    privateKey,
    webhookSecret: 'a webhook secret',
    apiUrl: API,
    lease: { assertHeld: () => Promise.resolve() },
    log: pino({ level: 'silent' }),
    timer: createInstantTimer(),
  });
}

/** GitHub gives a token; what it was asked for is noted. */
function giveToken(asked: unknown[] = []): void {
  nock(API)
    .post('/app/installations/77/access_tokens', (body) => {
      asked.push(body);
      return true;
    })
    .reply(201, { token: 'ghs_x', expires_at: '2099-01-01T00:00:00Z', permissions: {} });
}

beforeAll(() => {
  nock.disableNetConnect();
});
afterEach(() => {
  nock.cleanAll();
});
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

describe('src/github: the real host', () => {
  it('is asked at its own address, for one repository and no more than is needed', async () => {
    const asked: unknown[] = [];
    giveToken(asked);
    nock(API)
      .get(PERMISSION)
      .matchHeader('authorization', 'token ghs_x')
      .reply(200, { permission: 'write', role_name: 'maintain', user: ADA });
    expect(await permissionOf(openApp().clientFor, REPOSITORY, ADA)).toBe('maintain');
    expect(asked).toEqual([expect.objectContaining({ repository_ids: [901] })]);
    expect(JSON.stringify(asked)).not.toContain('write');
  });

  it.each<[string, number, nock.Body | string, Record<string, string>]>([
    ['a page instead of data', 200, '<html>unicorn</html>', { 'content-type': 'text/html' }],
    ['half of its data', 200, '{"permission":"admin"', { 'content-type': 'application/json' }],
    ['no user', 200, { permission: 'admin', role_name: 'admin', user: null }, {}],
    ['somebody else', 200, { permission: 'admin', role_name: 'admin', user: { id: 12, login: 'ada' } }, {}],
    ['that the repository is blocked', 451, { message: 'Repository access blocked' }, {}],
    ['that it is out of order', 503, { message: 'Service unavailable' }, {}],
  ])('lets nobody in when it answers %s', async (...[, status, body, headers]) => {
    giveToken();
    nock(API).get(PERMISSION).times(10).reply(status, body, headers);
    const held = await permissionOf(openApp().clientFor, REPOSITORY, ADA).catch(() => 'unknown');
    expect(['none', 'unknown']).toContain(held);
  });

  it('is waited for when it says how long', async () => {
    giveToken();
    const message = 'You have exceeded a secondary rate limit';
    nock(API).get(PERMISSION).reply(403, { message }, { 'retry-after': '30' });
    nock(API).get(PERMISSION).reply(200, { permission: 'read', role_name: 'triage', user: ADA });
    expect(await permissionOf(openApp().clientFor, REPOSITORY, ADA)).toBe('triage');
  });
});
