import { describe, expect, it } from 'vitest';
import { isWalkDue } from '../../../src/sandbox/watch/is-walk-due.ts';

const MIB = 1024 ** 2;

describe('src/sandbox/watch/is-walk-due', () => {
  it.each([
    ['much was written', { sinceLastMs: 600, lastTookMs: 5, lostBytes: 40 * MIB, lostFiles: 1 }, true],
    ['many files were made', { sinceLastMs: 600, lastTookMs: 5, lostBytes: 0, lostFiles: 6000 }, true],
    ['little was written', { sinceLastMs: 5000, lastTookMs: 5, lostBytes: 10 * MIB, lostFiles: 20 }, false],
    [
      'there was a walk just now',
      { sinceLastMs: 400, lastTookMs: 5, lostBytes: 900 * MIB, lostFiles: 0 },
      false,
    ],
    ['walks take long', { sinceLastMs: 9000, lastTookMs: 500, lostBytes: 900 * MIB, lostFiles: 0 }, false],
    [
      'a long walk is long ago',
      { sinceLastMs: 11_000, lastTookMs: 500, lostBytes: 90 * MIB, lostFiles: 0 },
      true,
    ],
    [
      'others free what this one takes',
      { sinceLastMs: 31_000, lastTookMs: 5, lostBytes: -MIB, lostFiles: 0 },
      true,
    ],
  ])('when %s', (_, state, isDue) => {
    expect(isWalkDue(state)).toBe(isDue);
  });
});
