import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openPlayground, type Playground, REPO } from './support/open-playground.ts';

describe('src/simulator/simulator.ts', () => {
  let play: Playground;

  beforeAll(async () => {
    play = await openPlayground();
  });
  afterAll(() => play.close());

  function askAs(host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      request(`${play.simulator.url}/repos/acme/shop`, { headers: { host } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  }

  test.each([
    ['127.0.0.1', 200],
    ['localhost:80', 200],
    ['[::1]:80', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example:80', 403],
  ])('answers to the name %s with %i', async (host, status) => {
    expect(await askAs(host)).toBe(status);
  });

  test('dates each answer by the clock, and not by what it last read there', async () => {
    await play.as('alice').rest.users.getAuthenticated();
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T10:00:00.900Z') });
    try {
      const { headers } = await play.as('alice').rest.users.getAuthenticated();
      expect(headers.date).toBe('Mon, 02 Mar 2026 10:00:00 GMT');
    } finally {
      vi.useRealTimers();
    }
  });

  test('gives the tokens of the seed, and made-up ones to the others', () => {
    expect(play.simulator.tokenOf('Alice')).toBe('alice-token');
    expect(play.simulator.tokenOf('bob')).toMatch(/^ghp_\w{36}$/);
    expect(() => play.simulator.tokenOf('ghost')).toThrow(/no user "ghost"/);
  });

  test('counts requests', async () => {
    const before = play.simulator.requestCounts()['GET /repos/acme/shop/issues'] ?? 0;
    await play.as('alice').rest.issues.listForRepo(REPO);
    await play.as('alice').rest.issues.listForRepo(REPO);
    expect(play.simulator.requestCounts()['GET /repos/acme/shop/issues']).toBe(before + 2);
    expect(play.simulator.requests().at(-1)).toEqual({
      method: 'GET',
      path: '/repos/acme/shop/issues',
      status: 200,
      actor: 'alice',
    });
  });

  test('pages a list in both directions', async () => {
    for (const title of ['a', 'b', 'c']) {
      await play.as('alice').rest.issues.create({ ...REPO, title });
    }
    const { headers, data } = await play
      .as('alice')
      .rest.issues.listForRepo({ ...REPO, per_page: 1, page: 2 });
    expect(data.map(({ title }) => title)).toEqual(['b']);
    const links = [...(headers.link ?? '').matchAll(/page=(\d)>; rel="(\w+)"/g)].map(
      ([, page, rel]) => `${rel} ${page}`,
    );
    expect(links.toSorted()).toEqual(['first 1', 'last 3', 'next 3', 'prev 1']);
  });

  test('stops while a webhook is still under way', async () => {
    const other = await openPlayground();
    other.simulator.setWebhookUrl('http://10.255.255.1/never');
    await other.as('alice').rest.issues.create({ ...REPO, title: 'x' });
    // It would wait for minutes.
    await other.close();
  });
});
