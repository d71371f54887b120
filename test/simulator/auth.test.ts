import { createSign } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openPlayground, type Playground, PRIVATE, REPO, statusOf } from './support/open-playground.ts';

describe('src/simulator/auth', () => {
  let play: Playground;

  beforeAll(async () => {
    play = await openPlayground();
  });
  afterAll(() => play.close());
  afterEach(() => {
    vi.useRealTimers();
  });

  function sign(claims: Record<string, unknown>, key = play.simulator.app.privateKey): string {
    function encode(part: unknown) {
      return Buffer.from(JSON.stringify(part)).toString('base64url');
    }
    const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
  }

  async function askApp(token: string) {
    const answer = await fetch(`${play.simulator.url}/app`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { message, slug }: { message?: string; slug?: string } = JSON.parse(await answer.text());
    return { status: answer.status, message, slug };
  }

  function now() {
    return Math.floor(Date.now() / 1000);
  }

  test('takes a token the App signed', async () => {
    expect(await askApp(sign({ iss: 777, iat: now() - 60, exp: now() + 500 }))).toMatchObject({
      slug: 'baton',
    });
  });

  test.each([
    ['of another App', { iss: 778, iat: 0, exp: 500 }, /'iss'/],
    ['that is too long', { iss: 777, iat: 0, exp: 1200 }, /too far in the future/],
    ['that is over', { iss: 777, iat: -700, exp: -1 }, /'exp'/],
    ['from the future', { iss: 777, iat: 300, exp: 500 }, /'iat'/],
  ])('refuses a token %s', async (_name, { iss, iat, exp }, message) => {
    const answer = await askApp(sign({ iss, iat: now() + iat, exp: now() + exp }));
    expect(answer.status).toBe(401);
    expect(answer.message).toMatch(message);
  });

  test('refuses a changed token', async () => {
    const [head, , signature] = sign({ iss: 777, iat: now(), exp: now() + 60 }).split('.');
    const body = Buffer.from(JSON.stringify({ iss: 777, iat: now(), exp: now() + 599 })).toString(
      'base64url',
    );
    expect((await askApp(`${head}.${body}.${signature}`)).status).toBe(401);
  });

  test('gives tokens of the long form, narrowed as asked', async () => {
    const { data: repository } = await play.installation.rest.repos.get(REPO);
    const { data } = await play.app.rest.apps.createInstallationAccessToken({
      installation_id: 9001,
      repository_ids: [repository.id],
      permissions: { issues: 'read', contents: 'read' },
    });
    expect(data.token).toMatch(/^ghs_777_/);
    expect(data.token.length).toBeGreaterThan(480);
    expect(data.token.length).toBeLessThan(560);
    expect(data.permissions).toEqual({ metadata: 'read', issues: 'read', contents: 'read' });
    const narrow = play.withToken(data.token);
    expect(await statusOf(narrow.rest.issues.create({ ...REPO, title: 'no' }))).toBe(403);
    expect(await statusOf(narrow.rest.repos.get(PRIVATE))).toBe(404);
    const { data: reached } = await narrow.rest.apps.listReposAccessibleToInstallation();
    expect(reached.repositories.map((one) => one.full_name)).toEqual(['acme/shop']);
  });

  test('gives no more than the installation has', async () => {
    function ask(wish: object) {
      return statusOf(play.app.rest.apps.createInstallationAccessToken({ installation_id: 9001, ...wish }));
    }
    expect(await ask({ permissions: { administration: 'write' } })).toBe(422);
    expect(await ask({ repositories: ['elsewhere'] })).toBe(422);
    expect(await ask({ repositories: ['shop'] })).toBe(201);
  });

  test('lets an installation write only where it is installed', async () => {
    const elsewhere = { owner: 'acme', repo: 'elsewhere' };
    expect(await statusOf(play.installation.rest.issues.create({ ...elsewhere, title: 'no' }))).toBe(403);
  });

  test('ends tokens after an hour, and when they are revoked', async () => {
    function mint() {
      return play.app.rest.apps.createInstallationAccessToken({ installation_id: 9001 });
    }
    const revoked = play.withToken((await mint()).data.token);
    expect(await statusOf(revoked.rest.apps.revokeInstallationAccessToken())).toBe(204);
    expect(await statusOf(revoked.rest.repos.get(REPO))).toBe(401);
    const expiring = play.withToken((await mint()).data.token);
    expect(await statusOf(expiring.rest.repos.get(REPO))).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_601_000 });
    expect(await statusOf(expiring.rest.repos.get(REPO))).toBe(401);
  });

  test('gives a suspended installation nothing', async () => {
    expect(await statusOf(play.app.rest.apps.createInstallationAccessToken({ installation_id: 9002 }))).toBe(
      403,
    );
    const { data } = await play.app.rest.apps.listInstallations();
    expect(data.map((one) => [one.id, one.suspended_at !== null])).toEqual([
      [9001, false],
      [9002, true],
    ]);
  });

  test('refuses a wrong token, even for what anyone may read', async () => {
    expect(await statusOf(play.withToken('wrong').rest.repos.get(REPO))).toBe(401);
    expect(await statusOf(play.withToken('ghs_777_wrong').rest.repos.get(REPO))).toBe(401);
  });
});
