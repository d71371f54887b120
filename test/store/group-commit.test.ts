import { describe, expect, it } from 'vitest';
import { groupCommits } from '../../src/store/group-commit.ts';

function recording(limits: { maxItems: number; maxBytes: number }) {
  const batches: string[][] = [];
  const add = groupCommits<string, string>({
    async commit(items) {
      batches.push([...items]);
      await new Promise(setImmediate);
      if (items.includes('bad')) {
        throw new Error('disk full');
      }
      return items.map((item) => item.toUpperCase());
    },
    sizeOf: (item) => item.length,
    ...limits,
  });
  return { add, batches };
}

describe('src/store/group-commit', () => {
  it('writes what arrives together in one commit, and gives each its own result', async () => {
    const { add, batches } = recording({ maxItems: 10, maxBytes: 100 });
    expect(await Promise.all(['a', 'b', 'c'].map(add))).toEqual(['A', 'B', 'C']);
    expect(batches).toEqual([['a', 'b', 'c']]);
  });

  it('collects what arrives during a commit for the next one', async () => {
    const { add, batches } = recording({ maxItems: 10, maxBytes: 100 });
    const first = add('a');
    await new Promise(setImmediate);
    await Promise.all([first, add('b'), add('c')]);
    expect(batches).toEqual([['a'], ['b', 'c']]);
  });

  it('keeps a batch within its count and its bytes', async () => {
    const { add, batches } = recording({ maxItems: 2, maxBytes: 4 });
    await Promise.all(['a', 'b', 'c', 'dddd', 'eeeeee', 'f'].map(add));
    expect(batches).toEqual([['a', 'b'], ['c'], ['dddd'], ['eeeeee'], ['f']]);
  });

  it('tells everyone in a failed batch, and goes on', async () => {
    const { add } = recording({ maxItems: 2, maxBytes: 100 });
    const outcomes = await Promise.allSettled(['bad', 'b', 'c'].map(add));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(await add('d')).toBe('D');
  });
});
