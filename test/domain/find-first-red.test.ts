import { assert, asyncProperty, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFirstRed } from '../../src/domain/find-first-red.ts';

describe('domain/find-first-red', () => {
  it('finds the first that is red, and judges no more than a bisection needs', async () => {
    await assert(
      asyncProperty(integer({ min: 1, max: 200 }), integer({ min: 0, max: 199 }), async (length, from) => {
        const culprit = from % length;
        const judged: number[] = [];
        const [first = 0, ...rest] = Array.from({ length }, (_, index) => index);
        const found = await findFirstRed([first, ...rest], async (commit) => {
          judged.push(commit);
          return commit >= culprit;
        });
        expect(found).toBe(culprit);
        expect(judged.length).toBeLessThanOrEqual(Math.ceil(Math.log2(length)));
      }),
    );
  });
});
