import { describe, expect, it } from 'vitest';
import type { Try } from '../../src/github/read-tries.ts';
import { toMissed } from '../../src/github/redeliver-missed.ts';

const WEBHOOKS = [{ event: 'issues', actions: ['labeled', 'closed'] }];

const NOW = Date.parse('2026-03-04T12:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A day ago and before, where the time does not matter. */
function aTry(id: number, guid: string, statusCode: number, action = 'labeled'): Try {
  const deliveredAt = new Date(NOW - DAY_MS - id).toISOString();
  return { id, guid, event: 'issues', action, statusCode, deliveredAt };
}

/** Tries of one delivery so long ago, that never got through. */
function triesAt(...agesMs: readonly number[]): readonly Try[] {
  return agesMs.map((ageMs, index) => ({
    ...aTry(index + 1, 'a', 0),
    deliveredAt: new Date(NOW - ageMs).toISOString(),
  }));
}

describe('src/github/redeliver-missed', () => {
  it.each<[string, readonly Try[], readonly number[]]>([
    ['no answer', [aTry(1, 'a', 0)], [1]],
    ['an answer that says "not now"', [aTry(1, 'a', 503)], [1]],
    ['a try that got through', [aTry(1, 'a', 202)], []],
    ['a later try that got through', [aTry(2, 'a', 202), aTry(1, 'a', 0)], []],
    ['a refusal of ours', [aTry(1, 'a', 400)], []],
    ['an event nobody listens to', [aTry(1, 'a', 0, 'edited')], []],
    ['the newest of several tries', [aTry(1, 'a', 0), aTry(5, 'a', 502)], [5]],
    ['several, oldest first', [aTry(9, 'c', 0), aTry(3, 'b', 0), aTry(1, 'a', 202)], [3, 9]],
    ['one that has just failed for the first time', triesAt(1000), [1]],
    ['one that was asked for a moment ago, perhaps by another replica', triesAt(9 * MINUTE_MS, 1000), []],
    ['one that was asked for once, minutes ago', triesAt(9 * MINUTE_MS, 5 * MINUTE_MS), [2]],
    ['one that failed twice when asked for, too soon', triesAt(HOUR_MS, 30 * MINUTE_MS, 8 * MINUTE_MS), []],
    ['one that failed twice when asked for', triesAt(HOUR_MS, 30 * MINUTE_MS, 9 * MINUTE_MS), [3]],
    ['one that failed for a day', triesAt(DAY_MS, ...Array.from({ length: 11 }, () => 7 * HOUR_MS)), [12]],
    ['one that GitHub does not send any more', triesAt(3 * DAY_MS, DAY_MS), []],
  ])('%s', (_title, tries, expected) => {
    expect(toMissed(tries, WEBHOOKS, NOW).map(({ id }) => id)).toEqual(expected);
  });
});
