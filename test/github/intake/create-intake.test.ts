import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { IntakeOptions } from '../../../src/github/intake/create-intake.ts';
import { SILENT } from '../../support/examples.ts';
import { openIntake, sign } from '../support/open-intake.ts';
import { commented, envelope, labeled, pressed, pullClosed } from '../support/payloads.ts';

function deep(open: string, close: string) {
  return `${open.repeat(100_000)}${close.repeat(100_000)}`;
}

const json = JSON.stringify;

describe('src/github/intake/create-intake.ts', () => {
  let opened: Awaited<ReturnType<typeof openIntake>>[] = [];

  afterEach(async () => {
    await Promise.all(opened.map(({ intake }) => intake.stop(0)));
    opened = [];
  });

  async function open(over?: Partial<IntakeOptions>) {
    const one = await openIntake(over);
    opened.push(one);
    return one;
  }

  test('refuses an empty secret, which everybody knows', async () => {
    await expect(open({ secret: '' })).rejects.toThrow('WEBHOOK_SECRET');
  });

  test.each([
    ['issues', labeled],
    ['issue_comment', commented],
    ['pull_request', pullClosed],
    ['check_run', pressed],
    ['installation', { action: 'deleted', installation: { id: 77 } }],
    [
      'installation_repositories',
      { action: 'removed', installation: { id: 77 }, repositories_removed: [{ id: 5 }] },
    ],
  ])('stores %s, with only the fields that are used', async (event, payload) => {
    const { deliver, stored } = await open();
    const guid = randomUUID();
    const headers = { 'x-github-event': event, 'x-github-delivery': guid };
    const body = json({ ...payload, unused: { secret: 1 } });
    expect(await deliver({ body, headers })).toMatchObject({ status: 202, text: 'stored\n' });
    expect(stored.get(guid)).toEqual({ guid, event, payload });
  });

  test('answers 2xx to the same GUID again, in either case, and stores it once', async () => {
    const { deliver, stored, outcomes } = await open();
    const guid = randomUUID();
    for (const same of [guid, guid, guid.toUpperCase()]) {
      expect((await deliver({ headers: { 'x-github-delivery': same } })).status).toBe(202);
    }
    expect(stored.size).toBe(1);
    expect(outcomes).toEqual(['stored', 'duplicate', 'duplicate']);
  });

  const body = json(labeled);

  test('says in the log that the secret does not match: at once, and then not with every request', async () => {
    const said: unknown[] = [];
    const log = { ...SILENT, warn: (...words: unknown[]) => void said.push(words) };
    const { deliver } = await open({ log });
    for (const secret of ['another', 'another', 'a third']) {
      await deliver({ body, headers: { 'x-hub-signature-256': sign(body, secret) } });
    }
    expect(said).toEqual([
      [
        expect.objectContaining({ refused: 1, remedy: expect.stringContaining('WEBHOOK_SECRET') }),
        expect.stringContaining('does not match WEBHOOK_SECRET'),
      ],
    ]);
  });

  test.each([
    ['wrong', sign(`${body} `)],
    ['of another secret', sign(body, 'development')],
    ['in capitals', sign(body).toUpperCase()],
    ['with capital digits', `sha256=${sign(body).slice(7).toUpperCase()}`],
    ['cut off', sign(body).slice(0, -1)],
    ['SHA-1', `sha1=${'a'.repeat(40)}`],
    ['without digits', 'sha256='],
    ['not hexadecimal', `sha256=${'z'.repeat(64)}`],
    ['10 kB long', `sha256=${'a'.repeat(10_000)}`],
  ])('answers 401 to a signature that is %s, and stores nothing', async (_name, signature) => {
    const { deliver, stored, outcomes } = await open();
    const answer = await deliver({ headers: { 'x-hub-signature-256': signature } });
    expect(answer.status).toBe(401);
    expect(stored.size).toBe(0);
    expect(outcomes).toEqual(['bad-signature']);
  });

  test.each([
    ['no signature', 400, { 'x-hub-signature-256': null }],
    ['only a SHA-1 signature', 400, { 'x-hub-signature-256': null, 'x-hub-signature': 'sha1=aa' }],
    ['no event', 400, { 'x-github-event': null }],
    ['no delivery id', 400, { 'x-github-delivery': null }],
    ['a delivery id that is no GUID', 400, { 'x-github-delivery': "1'; drop table x" }],
    ['the form content type', 415, { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a content type that only begins like JSON', 415, { 'content-type': 'application/jsonp' }],
    ['no content type', 415, { 'content-type': '' }],
  ])('refuses %s with %i', async (_name, status, headers) => {
    const { deliver, stored, outcomes } = await open();
    expect((await deliver({ headers })).status).toBe(status);
    expect(stored.size).toBe(0);
    expect(outcomes).toEqual(['bad-headers']);
  });

  test.each([
    ['malformed', '{"action":'],
    ['null', 'null'],
    ['a number', '5'],
    ['a text', '"issues"'],
    ['a list', '[]'],
    ['empty', ''],
    ['endless lists', deep('[', ']')],
    ['not UTF-8', new Uint8Array([0xff, 0xfe, 0x00])],
  ])('refuses a signed body that is %s with 400', async (_name, bad) => {
    const { deliver, stored } = await open();
    expect((await deliver({ body: bad })).status).toBe(400);
    expect(stored.size).toBe(0);
  });

  test.each([
    ['an empty object', '{}'],
    ['a deep object', deep('{"a":', '}').replace('}', '1}')],
    ['an action that is an object', json({ ...labeled, action: {} })],
    ['an action that is a property of lists', json({ ...labeled, action: 'length' })],
    ['an action nobody listens to', json({ ...labeled, action: 'opened' })],
    ['no installation', json({ ...labeled, installation: undefined })],
    ['the payload of another event', json(pullClosed)],
    ['a repository without an owner', json({ ...labeled, repository: { id: 1, name: 'x' } })],
  ])('ignores %s with 200', async (_name, odd) => {
    const { deliver, stored } = await open();
    const answer = await deliver({ body: odd });
    expect([answer.status, answer.text]).toEqual([200, expect.stringMatching(/^ignored: /)]);
    expect(stored.size).toBe(0);
  });

  test.each([
    'push',
    'ping',
    'error',
    '*',
    '__proto__',
    'constructor',
    'toString',
    'issues.labeled',
    'ISSUES',
  ])('ignores the event %s with 200', async (event) => {
    const { deliver, stored } = await open();
    expect((await deliver({ headers: { 'x-github-event': event } })).status).toBe(200);
    expect(stored.size).toBe(0);
  });

  test('the event header must fit the body, since no signature covers it', async () => {
    const { deliver, stored, outcomes } = await open();
    await deliver({ headers: { 'x-github-event': 'issue_comment' } });
    await deliver({ headers: { 'x-github-event': 'pull_request' } });
    expect(stored.size).toBe(0);
    expect(outcomes).toEqual(['ignored-event', 'ignored-shape']);
  });

  test('a __proto__ key changes nothing', async () => {
    const { deliver, stored } = await open();
    const evil = body.replace('{', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},');
    expect((await deliver({ body: evil })).status).toBe(202);
    expect([...stored.values()][0]?.payload).toEqual(labeled);
    expect('polluted' in {}).toBe(false);
  });

  test('ignores deliveries for other Apps and installations', async () => {
    const { deliver, stored, outcomes } = await open({ isKnownInstallation: (id) => id === 78 });
    await deliver({ headers: { 'x-github-hook-installation-target-id': '4243' } });
    await deliver();
    await deliver({ body: json({ ...labeled, ...envelope, installation: { id: 78 } }) });
    expect(outcomes).toEqual(['ignored-app', 'ignored-installation', 'stored']);
    expect(stored.size).toBe(1);
  });

  test.each([
    ['GET', '/api/github/webhooks', 405],
    ['POST', '/', 404],
    ['POST', '/api/github/webhooks/', 404],
    ['GET', '/healthz', 200],
    ['GET', '/readyz', 200],
    ['GET', '/probot/setup?code=1', 404],
    ['POST', '/probot/import', 404],
  ])('answers %s %s with %i', async (method, path, status) => {
    const { url } = await open();
    expect((await fetch(`${url}${path}`, { method })).status).toBe(status);
  });

  test('is not ready while the database does not answer, but up', async () => {
    const { url } = await open({ ready: () => Promise.reject(new Error('down')) });
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test('lets further handlers take what it does not know', async () => {
    const { url } = await open({
      handlers: [
        (incoming, response) => {
          if (incoming.url !== '/runs') {
            return false;
          }
          response.end('a page');
          return true;
        },
      ],
    });
    expect(await (await fetch(`${url}/runs`)).text()).toBe('a page');
    expect((await fetch(`${url}/other`)).status).toBe(404);
  });

  test('keeps its head with 1,000 requests of all kinds at once', async () => {
    const { deliver, stored } = await open();
    const guids = Array.from({ length: 700 }, () => randomUUID());
    const good = [...guids, ...guids.slice(0, 100)].map((guid) => ({
      headers: { 'x-github-delivery': guid },
    }));
    const bad = Array.from({ length: 200 }, (_, index) =>
      index % 2 === 0 ? { body: 'null' } : { headers: { 'x-hub-signature-256': sign('other') } },
    );
    const answers = await Promise.all([...good, ...bad].map((sending) => deliver(sending)));
    expect(
      [...Map.groupBy(answers, ({ status }) => status)].map(([status, all]) => [status, all.length]),
    ).toEqual([
      [202, 800],
      [400, 100],
      [401, 100],
    ]);
    expect([...stored.keys()].toSorted()).toEqual(guids.toSorted());
  });
});
