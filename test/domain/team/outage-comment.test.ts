import { describe, expect, test } from 'vitest';
import { outageComment } from '../../../src/domain/team/outage-comment.ts';

const HOUR_MS = 60 * 60_000;
const TOLD_MS = 1_000 * HOUR_MS;

describe('src/domain/team/outage-comment', () => {
  test.each([
    ['the first', null, [TOLD_MS], 'outage'],
    ['one that lasts', 'team:outage', [TOLD_MS - 72 * HOUR_MS], 'outage'],
    ['the end', 'team:outage', [], 'outage'],
    ['another soon after', 'team:outage', [TOLD_MS + 23 * HOUR_MS], 'outage'],
    ['another long after', 'team:outage', [TOLD_MS + 25 * HOUR_MS], 'outage:2'],
    [
      'one that has lasted, and is met anew',
      'team:outage',
      [TOLD_MS + 25 * HOUR_MS, TOLD_MS - HOUR_MS],
      'outage',
    ],
    ['the end of the ninth', 'team:outage:9', [], 'outage:9'],
    ['the tenth', 'team:outage:9', [TOLD_MS + 25 * HOUR_MS], 'outage:10'],
  ] as const)('%s', (_, key, sinceMs, expected) => {
    expect(outageComment(key === null ? null : { key, atMs: TOLD_MS }, sinceMs)).toBe(expected);
  });
});
