import { describe, expect, test } from 'vitest';
import type { Figure } from '../../../src/domain/figure.ts';
import { judgeFigures, type Limits, toTable } from '../../../src/gates/parts/judge-figures.ts';
import { toMedians } from '../../../src/gates/parts/to-medians.ts';

function figure(name: string, base: number | null, head: number | null, unit = 'ms'): Figure {
  return { name, unit, base, head };
}

function judge(figures: readonly Figure[], limits: Partial<Limits> = {}) {
  const { kind, summary, ...rest } = judgeFigures(figures, { maxSlowdown: 10, ...limits });
  return [kind, summary, ...('findings' in rest ? rest.findings.map(({ message }) => message) : [])];
}

describe('src/gates/parts/judge-figures.ts', () => {
  test('sums up the worst figures first', () => {
    const figures = [figure('a', 100, 10), figure('b', 100, 109), figure('c', 4, 4), figure('d', 5, 1)];
    expect(judge(figures)).toEqual([
      'pass',
      'b 100 ms before, 109 ms after (9 % worse); c 4 ms before, 4 ms after (the same); d 5 ms before, 1 ms after (5 times better).',
    ]);
  });

  test('knows that of something in a second more is better', () => {
    expect(judge([figure('a', 100, 200, 'req/s')])[0]).toBe('pass');
    expect(judge([figure('a', 200, 100, 'req/s')])[0]).toBe('fail');
  });

  test.each([
    ['worse than allowed', figure('a', 100, 111)],
    ['something from nothing', figure('a', 0, 1)],
    ['missing after the change', figure('a', 100, null)],
  ])('fails a figure that is %s', (_, worse) => {
    expect(judge([figure('b', 1, 1), worse])).toMatchObject([
      'fail',
      expect.any(String),
      expect.stringMatching(/^a /),
    ]);
  });

  test('compares a new figure, and nothing with nothing, with nothing', () => {
    expect(judge([figure('a', null, 9), figure('b', 0, 0)])).toEqual([
      'pass',
      'b 0 ms before, 0 ms after (the same).',
    ]);
  });

  test('lets only the named figures count', () => {
    const figures = [figure('a', 100, 100), figure('b', 100, 900)];
    expect(judge(figures, { figures: ['a'] })[0]).toBe('pass');
    expect(judge(figures, { figures: ['a', 'c'] })).toContain(
      'The benchmark prints no figure c in each measurement.',
    );
  });

  test('asks for a speed-up of each that is named, or of one', () => {
    const figures = [figure('a', 100, 40), figure('b', 100, 90)];
    expect(judge(figures, { minSpeedup: 2 })[0]).toBe('pass');
    expect(judge(figures, { minSpeedup: 3 })).toHaveLength(4);
    expect(judge(figures, { minSpeedup: 2, figures: ['a', 'b'] })).toMatchObject([
      'fail',
      expect.any(String),
      expect.stringContaining('b 100 ms before, 90 ms after (10 % better); it must become 2 times better.'),
    ]);
  });

  test('keeps no target of a figure that is gone, or has another unit, also when it does not count', () => {
    const gone = [figure('a', 100, 100), figure('p99', 90, null)];
    expect(judge(gone, { figures: ['a'], targets: { p99: 100 } })).toMatchObject([
      'fail',
      expect.any(String),
      expect.stringContaining('prints no figure p99, whose target is 100'),
    ]);
  });

  test('lays the figures out in columns', () => {
    const figures = [figure('list', 812.34, 12), figure('new', null, 3, '')];
    expect(toTable(figures, { command: 'bench', times: 3 }).split('\n')).toEqual([
      '$ bench  (medians of 3 on each commit, in turn)',
      'figure  before  after  change',
      'list    812 ms  12 ms  67.7 times better',
      'new     –       3      new',
    ]);
  });
});

describe('src/gates/parts/to-medians.ts', () => {
  test('takes the middle, and leaves out what is not in each measurement', () => {
    const runs = [1, 100, 3].map(
      (value, index) =>
        new Map([
          ['a', { unit: 'ms', value }],
          ...(index === 1 ? [] : [['b', { unit: 'ms', value }] as const]),
          ['c', { unit: index === 2 ? 'MB' : 'ms', value }],
        ]),
    );
    expect([...toMedians(runs)]).toEqual([['a', { unit: 'ms', value: 3 }]]);
    expect([...toMedians(runs.slice(0, 2))][0]).toEqual(['a', { unit: 'ms', value: 50.5 }]);
    expect(toMedians([]).size).toBe(0);
  });
});
