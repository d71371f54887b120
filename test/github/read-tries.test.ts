import { describe, expect, it } from 'vitest';
import { readTries, type Try } from '../../src/github/read-tries.ts';

const NOW_MS = Date.parse('2026-03-05T12:00:00Z');
const PER_PAGE = 100;

/** The log of an App that gets a webhook a second, newest first; `statusOf` gets the age in seconds. */
async function* aLog(seconds: number, statusOf: (age: number) => number): AsyncGenerator<readonly Try[]> {
  for (let first = 0; first < seconds; first += PER_PAGE) {
    yield Array.from({ length: Math.min(PER_PAGE, seconds - first) }, (_, index) => toTry(first + index));
  }
  function toTry(age: number): Try {
    const deliveredAt = new Date(NOW_MS - age * 1000).toISOString();
    return {
      id: 1_000_000 - age,
      guid: `g${age}`,
      event: 'issues',
      action: 'labeled',
      statusCode: statusOf(age),
      deliveredAt,
    };
  }
}

describe('src/github/read-tries', () => {
  it.each([
    ['all of a short log', 150, () => 200, 0, 150],
    ['no further than GitHub sends again', 5000, () => 502, NOW_MS - 250_000, 300],
    ['twenty pages where all reached us', 50_000, () => 200, 0, 2000],
    ['an outage to its beginning', 50_000, (age: number) => (age < 5500 ? 502 : 200), 0, 5600],
  ] as const)('reads %s', async (_what, seconds, statusOf, sinceMs, expected) => {
    const { tries, cutAt } = await readTries(aLog(seconds, statusOf), sinceMs);
    expect(tries).toHaveLength(expected);
    expect(cutAt).toBeNull();
  });

  it('says from when on it has read when an outage is longer than it reads', async () => {
    const { tries, cutAt } = await readTries(
      aLog(50_000, () => 0),
      0,
    );
    expect(tries).toHaveLength(20_000);
    expect(cutAt).toBe(tries.at(-1)?.deliveredAt);
  });
});
