import { describe, expect, test } from 'vitest';
import { createContentBudget } from '../../../src/github/octokit/content-budget.ts';
import {
  type PlannedRequest,
  performRequest,
  type RequestObservation,
  type RequestPolicy,
} from '../../../src/github/octokit/perform-request.ts';
import { createRequestWindows } from '../../../src/github/octokit/request-windows.ts';
import { LeaseLostError } from '../../../src/ports/lease.ts';
import { createInMemoryTurns } from '../support/in-memory-turns.ts';
import { createInstantTimer } from '../support/instant-timer.ts';

const DATE = 'Fri, 20 Nov 2026 10:00:00 GMT';
const IN_TEN_MINUTES = String(Date.parse(DATE) / 1_000 + 600);

type Headers = Record<string, string>;
/** What GitHub does next: an answer's status, or `null` for a broken connection. */
type Turn = { readonly status: number | null; readonly headers?: Headers; readonly message?: string };

const OK: Turn = { status: 200 };

function open(turns: readonly Turn[]) {
  const timer = createInstantTimer();
  const observed: RequestObservation[] = [];
  const sentAt: number[] = [];
  const queue = [...turns];
  const policy: RequestPolicy = {
    timer,
    lease: { assertHeld: () => Promise.resolve() },
    windows: createRequestWindows(timer),
    budget: createContentBudget(timer, createInMemoryTurns(timer)),
    onRequest: (observation) => observed.push(observation),
  };

  function send() {
    sentAt.push(timer.now());
    const { status, headers = {}, message = 'no' } = queue.shift() ?? OK;
    if (status === 200) {
      return Promise.resolve({ status, headers });
    }
    const answer = status === null ? {} : { response: { status, headers } };
    return Promise.reject(Object.assign(new Error(message), { status: status ?? 500 }, answer));
  }

  function ask(over: Partial<PlannedRequest> = {}, policyOver: Partial<RequestPolicy> = {}) {
    const planned: PlannedRequest = {
      installationId: 1,
      method: 'GET',
      route: '/repos/{owner}/{repo}',
      kind: 'read',
      isFresh: () => false,
      ...over,
    };
    return performRequest(planned, { ...policy, ...policyOver }, send);
  }

  return { ask, timer, observed, sentAt, policy };
}

const WRITE = { method: 'POST', route: '/repos/{owner}/{repo}/check-runs', kind: 'write' } as const;

describe('src/github/octokit/perform-request.ts', () => {
  test.each([
    ['retry-after', { status: 403, headers: { 'retry-after': '30' } }, 31_000],
    ['retry-after on 429', { status: 429, headers: { 'retry-after': '7' } }, 8_000],
    [
      'retry-after before the reset',
      {
        status: 403,
        headers: {
          'retry-after': '5',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': IN_TEN_MINUTES,
          date: DATE,
        },
      },
      6_000,
    ],
    [
      'the reset by GitHub’s clock',
      {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': IN_TEN_MINUTES, date: DATE },
      },
      601_000,
    ],
    [
      'a minute without a number',
      { status: 403, message: 'You have exceeded a secondary rate limit.' },
      61_000,
    ],
    ['a minute on a bare 429', { status: 429 }, 61_000],
    ['at most an hour and a bit', { status: 429, headers: { 'retry-after': '999999' } }, 3_900_000],
    [
      'a past reset',
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1', date: DATE } },
      1_000,
    ],
  ])('waits as GitHub asks: %s', async (_name, turn, wait) => {
    for (const kind of [{}, WRITE]) {
      const { ask, sentAt } = open([turn, OK]);
      await ask(kind);
      expect((sentAt[1] ?? 0) - (sentAt[0] ?? 0)).toBe(wait);
    }
  });

  test('doubles the minute each time and gives up after five', async () => {
    const turn = { status: 403, message: 'secondary rate limit' };
    const { ask, sentAt } = open(Array.from({ length: 9 }, () => turn));
    await expect(ask(WRITE)).rejects.toThrow('secondary rate limit');
    const waits = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
    expect(waits).toEqual([61_000, 121_000, 241_000, 481_000]);
  });

  test('sends nothing for the installation inside its window, and lets others go on', async () => {
    const { ask, sentAt, timer } = open([{ status: 429, headers: { 'retry-after': '60' } }]);
    const startedAt = timer.now();
    const held = Promise.withResolvers<void>();
    const slow = { ...timer, sleep: () => held.promise.then(() => timer.sleep(61_000)) };
    const windows = createRequestWindows(slow);
    const first = ask({}, { windows });
    await expect(ask({ installationId: 2 }, { windows })).resolves.toMatchObject({ status: 200 });
    const same = ask({}, { windows });
    expect(sentAt).toEqual([startedAt, startedAt]);
    held.resolve();
    await Promise.all([first, same]);
    expect(sentAt.slice(2).every((at) => at >= startedAt + 61_000)).toBe(true);
  });

  test('stops before the quota is used up to the last', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': IN_TEN_MINUTES, date: DATE };
    const { ask, sentAt } = open([{ status: 200, headers }]);
    await ask();
    await ask();
    expect((sentAt[1] ?? 0) - (sentAt[0] ?? 0)).toBe(601_000);
  });

  test('waiting can be given up', async () => {
    const { ask, sentAt, policy } = open([]);
    policy.windows.close(1, 60_000);
    await expect(ask({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    expect(sentAt).toEqual([]);
  });

  test.each([500, 502, 503, 504, null])('asks again after %s when it only reads', async (status) => {
    const { ask, timer } = open([{ status }, { status }, OK]);
    await ask();
    expect(timer.slept).toEqual([500, 1_500]);
  });

  test('asks three times in all', async () => {
    const { ask, sentAt } = open(Array.from({ length: 9 }, () => ({ status: 503 })));
    await expect(ask()).rejects.toThrow('no');
    expect(sentAt).toHaveLength(3);
  });

  test.each([500, 502, 503, 504, null, 400, 403, 404, 422])('never writes again after %s', async (status) => {
    const { ask, sentAt } = open([{ status }]);
    await expect(ask(WRITE)).rejects.toThrow('no');
    expect(sentAt).toHaveLength(1);
  });

  test.each([401, 403, 404])('asks again after %s while the token is fresh', async (status) => {
    for (const kind of [{}, WRITE]) {
      const { ask, timer } = open([{ status }, { status }, OK]);
      await ask({ ...kind, isFresh: () => true });
      expect(timer.slept).toEqual([500, 1_000]);
    }
  });

  test('does not write without the lease, and asks for it after all waiting', async () => {
    const { ask, sentAt, timer, policy } = open([]);
    policy.windows.close(1, 60_000);
    const askedAt: number[] = [];
    const lease = {
      assertHeld() {
        askedAt.push(timer.now());
        return Promise.reject(new LeaseLostError('taken over'));
      },
    };
    const startedAt = timer.now();
    await expect(ask(WRITE, { lease })).rejects.toThrow(LeaseLostError);
    expect(askedAt).toEqual([startedAt + 60_000]);
    expect(sentAt).toEqual([]);
    await ask({}, { lease });
    expect(sentAt).toHaveLength(1);
  });

  test('spreads content out: at most 80 a minute and 500 an hour, never refused', async () => {
    const { ask, sentAt } = open([]);
    const comment = {
      ...WRITE,
      route: '/repos/{owner}/{repo}/issues/comments/{comment_id}',
      method: 'PATCH',
    };
    for (let edit = 0; edit < 1_000; edit += 1) {
      await ask(comment);
    }
    for (const [index, at] of sentAt.entries()) {
      expect(at - (sentAt[index - 80] ?? -1e9)).toBeGreaterThanOrEqual(60_000);
      expect(at - (sentAt[index - 500] ?? -1e9)).toBeGreaterThanOrEqual(3_600_000);
    }
    expect(sentAt).toHaveLength(1_000);
  });

  test('does not count check runs and reads as content', async () => {
    const { ask, timer } = open([]);
    for (let count = 0; count < 200; count += 1) {
      await ask(WRITE);
      await ask({ route: '/repos/{owner}/{repo}/issues/{issue_number}/comments' });
    }
    expect(timer.slept).toEqual([]);
  });

  test('tells of every request, by its route', async () => {
    const { ask, observed } = open([{ status: 502 }, { status: null }, OK]);
    await ask();
    const said = { method: 'GET', route: '/repos/{owner}/{repo}', ms: 0 };
    expect(observed).toEqual([502, null, 200].map((status) => ({ ...said, status })));
  });
});
