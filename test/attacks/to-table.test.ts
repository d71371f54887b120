import { expect, it } from 'vitest';
import type { Fate } from './fate.ts';
import type { Row } from './row.ts';
import { toTable } from './to-table.ts';

const BLOCKED: Fate = { kind: 'blocked' };
const FELL: Fate = {
  kind: 'got-through',
  why: [{ holds: false, expected: 'no tripwire', seen: 'one\ntwo' }],
};

function toRows(id: string, [baton, naive]: readonly [Fate, Fate], naiveHolds?: string): readonly Row[] {
  const row = {
    group: 'G',
    id,
    title: `title of ${id}`,
    ...(naiveHolds === undefined ? {} : { naiveHolds }),
  } as const;
  return [
    { ...row, on: 'naive', fate: naive },
    { ...row, on: 'Baton', fate: baton },
  ];
}

it('shows the score of each group, its attacks by number, and why one got through', () => {
  const rows = [
    ...toRows('S6', [BLOCKED, FELL]),
    ...toRows('G10', [FELL, FELL]),
    ...toRows('G2', [BLOCKED, BLOCKED], 'it has no git'),
  ];
  expect(toTable(rows, { why: false })).toBe(
    [
      'G  git and files: Baton blocked 2 of 3, the naive bot 1 of 3',
      '   G2  blocked    blocked    title of G2 (the naive bot: it has no git)',
      '   G10 fell for   fell for   title of G10',
      '         Baton got through:',
      '         - expected no tripwire; seen one two',
      '   S6  blocked    fell for   title of S6',
      '',
      'All: Baton blocked 2 of 3, the naive bot 1 of 3',
    ].join('\n'),
  );
  expect(toTable(rows, { why: true })).toContain('         naive got through:');
});
