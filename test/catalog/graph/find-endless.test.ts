import { describe, expect, test } from 'vitest';
import { findEndless } from '../../../src/catalog/graph/find-endless.ts';
import type { Way } from '../../../src/catalog/graph/workflow-graph.ts';

function way(from: number, to: number, { counter = null, clears = [] }: Partial<Way> = {}): Way {
  return { why: to > from ? 'passed' : 'rejected', from, to, counter, clears };
}

function endless(...ways: readonly Way[]): readonly string[] {
  return findEndless(ways).map(({ from, to }) => `${from} -> ${to}`);
}

describe('src/catalog/graph/find-endless.ts', () => {
  test('finds nothing in a straight line', () => {
    expect(endless(way(0, 1), way(1, 2))).toEqual([]);
  });

  test('finds the loop that nothing counts, and no way beside it', () => {
    expect(endless(way(0, 1), way(1, 2), way(2, 1), way(2, 3))).toEqual(['1 -> 2', '2 -> 1']);
  });

  test('lets a loop be that is counted', () => {
    expect(endless(way(0, 1), way(1, 0, { counter: 'a' }), way(1, 2))).toEqual([]);
  });

  test('lets loops be within one another, though the outer clears what the inner counts', () => {
    expect(
      endless(
        way(0, 1),
        way(1, 0, { counter: 'inner' }),
        way(1, 2, { clears: ['inner'] }),
        way(2, 0, { counter: 'outer' }),
        way(2, 3, { clears: ['outer'] }),
      ),
    ).toEqual([]);
  });

  test('finds two loops that clear what the other counts', () => {
    expect(
      endless(
        way(0, 1),
        way(1, 0, { counter: 'one', clears: ['two'] }),
        way(1, 2),
        way(2, 0, { counter: 'two', clears: ['one'] }),
      ),
    ).toEqual(['0 -> 1', '1 -> 0', '1 -> 2', '2 -> 0']);
  });

  test('finds the loop whose own round clears its counter', () => {
    expect(endless(way(0, 1, { clears: ['a'] }), way(1, 0, { counter: 'a' }))).toEqual(['0 -> 1', '1 -> 0']);
  });
});
