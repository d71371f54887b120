import { describe, expect, it } from 'vitest';
import { forgetOld } from '../../src/orchestration/forget-old.ts';
import { SILENT } from '../support/examples.ts';

describe('orchestration/forget-old', () => {
  it('goes on until nothing is left, and past what fails', async () => {
    const pruned: string[] = [];
    const left = [500, 500, 3];
    await forgetOld(
      [
        { what: 'broken', keptMs: 1, prune: () => Promise.reject(new Error('too slow')) },
        {
          what: 'good',
          keptMs: 7,
          prune: async (olderThanMs, limit) => {
            pruned.push(`${olderThanMs} ${limit}`);
            return left.shift() ?? 0;
          },
        },
      ],
      SILENT,
    );
    expect(pruned).toEqual(['7 500', '7 500', '7 500']);
  });
});
