import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../src/simulator/simulator.ts';
import { openPlayground, type Playground, REPO, statusOf } from './support/open-playground.ts';

describe('src/simulator/server/faults.ts', () => {
  let play: Playground;
  const seen: { entry: LedgerEntry; comments: number }[] = [];

  beforeAll(async () => {
    play = await openPlayground({
      onWrite: (entry) => void seen.push({ entry, comments: play.simulator.ledger().length }),
    });
    await play.as('alice').rest.issues.create({ ...REPO, title: 'One' });
  });
  afterAll(() => play.close());

  const one = { ...REPO, issue_number: 1 };
  const path = /\/issues\/1\/comments$/;
  function comment(body: string) {
    return play.as('alice').rest.issues.createComment({ ...one, body });
  }
  async function bodies() {
    const { data } = await play.as('alice').rest.issues.listComments(one);
    return data.map(({ body }) => body);
  }

  test('resets the connection before anything is done', async () => {
    play.simulator.inject({ method: 'POST', path, status: 'reset' });
    expect(await statusOf(comment('never'))).toBe(500);
    expect(await bodies()).toEqual([]);
    expect(play.simulator.requests().at(-2)).toMatchObject({ method: 'POST', status: 0, actor: 'alice' });
  });

  test('resets the connection after the write is accepted', async () => {
    play.simulator.inject({ method: 'POST', path, status: 'reset', when: 'after' });
    await expect(comment('kept')).rejects.toThrow();
    expect(await bodies()).toEqual(['kept']);
    expect(play.simulator.ledger().at(-1)).toMatchObject({
      kind: 'issues/create-comment',
      actor: 'alice',
      body: { body: 'kept' },
    });
  });

  test('answers 5xx before or after', async () => {
    const before = play.simulator.ledger().length;
    play.simulator.inject({ method: 'POST', path, status: 502 });
    play.simulator.inject({
      method: 'POST',
      path,
      status: 503,
      when: 'after',
      body: { message: 'too late' },
    });
    expect(await statusOf(comment('not kept'))).toBe(502);
    expect(await statusOf(comment('kept too'))).toBe(503);
    expect(await bodies()).toEqual(['kept', 'kept too']);
    expect(play.simulator.ledger().length - before).toBe(1);
  });

  test('answers with headers, as often as told, and only where it matches', async () => {
    play.simulator.inject({ path, status: 403, headers: { 'retry-after': '7' }, times: 2 });
    await expect(comment('x')).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'retry-after': '7' } },
    });
    expect(await statusOf(play.as('alice').rest.issues.get(one))).toBe(200);
    expect(await statusOf(comment('x'))).toBe(403);
    expect(await statusOf(comment('through'))).toBe(201);
  });

  test('matches with and without the prefix of GitHub Enterprise Server', async () => {
    play.simulator.inject({ path: /^\/repos\/acme\/shop$/, status: 500 });
    const answer = await fetch(`${play.simulator.url}/api/v3/repos/acme/shop`);
    expect(answer.status).toBe(500);
  });

  test('delays an answer', async () => {
    play.simulator.inject({ path: /^\/repos\/acme\/shop$/, delayMs: 120 });
    const started = performance.now();
    expect(await statusOf(play.as('alice').rest.repos.get(REPO))).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(110);
  });

  test('tells of each write once, after it is applied', () => {
    expect(seen.map(({ entry }) => entry.seq)).toEqual(play.simulator.ledger().map(({ seq }) => seq));
    expect(
      seen.map(({ entry }) => entry.kind).filter((kind) => kind === 'issues/create-comment'),
    ).toHaveLength(3);
  });
});
