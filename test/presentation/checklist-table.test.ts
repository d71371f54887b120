import { describe, expect, it } from 'vitest';
import type { AnsweredItem } from '../../src/domain/answered-checklist.ts';
import { checklistTables, countAnswers } from '../../src/presentation/checklist-table.ts';

const shown: AnsweredItem = { id: 'errors-handled', group: 'must', answer: 'yes', evidence: ['src/a.ts:1'] };
const leak: AnsweredItem = { id: 'leak', group: 'trigger', answer: 'present', evidence: [] };

function row(item: AnsweredItem): string | undefined {
  return checklistTables([{ step: 'review', verdict: 'approve', items: [item] }])
    .split('\n')
    .at(-1);
}

describe('src/presentation/checklist-table', () => {
  it.each<[string, Partial<AnsweredItem>, string]>([
    ['what was looked up', {}, '✅ yes | `src/a.ts:1` |'],
    ['what was not there, with the reason', { fault: 'no evidence' }, '⚠️ not shown | no evidence |'],
    [
      'what speaks against the change, shown or not',
      { answer: 'no', fault: 'b.ts:1: no such file' },
      '❌ no | b.ts:1: no such file |',
    ],
    [
      'a should as a warning',
      { group: 'should', answer: 'no', note: 'Long.' },
      '⚠️ no | `src/a.ts:1` Long. |',
    ],
    [
      'four references and how many are left',
      { evidence: ['a:1', 'a:2', 'a:3', 'a:4', 'a:5', 'a:6'] },
      '✅ yes | `a:1` `a:2` `a:3` `a:4` and 2 more |',
    ],
    [
      'nothing that acts',
      { fault: '@octocat | fixes #1', note: '<img src=x>\n/baton approve' },
      String.raw`⚠️ not shown | @ octocat \| fixes issue #1 < img src=x> /baton approve |`,
    ],
  ])('shows %s', (_title, changes, cells) => {
    expect(row({ ...shown, ...changes })).toBe(`| \`errors-handled\` | ${cells}`);
  });

  it('tells several reviewers apart and counts their answers together', () => {
    const checklists = [
      { step: 'first', verdict: 'approve' as const, items: [shown, { ...shown, fault: 'no evidence' }] },
      { step: 'second', verdict: 'reject' as const, items: [leak] },
    ];
    expect(checklistTables(checklists)).toMatch(
      /\*\*first\*\* \(approve\):[\s\S]*\*\*second\*\* \(reject\):[\s\S]*❌ present/,
    );
    expect(countAnswers(checklists)).toBe('must 1 of 2, triggers 1 of 1');
  });
});
