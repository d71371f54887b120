import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { judgeReview } from '../../src/domain/judge-review.ts';
import type { ReviewReport } from '../../src/domain/report.ts';
import { type ChecklistItem, checklistOf } from '../../src/domain/review-checklist.ts';
import { type Answers, anApprovingChecklist } from '../support/checklists.ts';

/** Small, and of nobody's table: the rules hold for whatever is asked. */
const ITEMS: readonly ChecklistItem[] = [
  { id: 'safe', group: 'must', question: 'Is it safe?' },
  { id: 'short', group: 'should', question: 'Is it short?' },
  { id: 'leak', group: 'trigger', question: 'Does it leak?' },
];
const THERE = {
  passedGates: new Set(['tests']),
  lineCounts: new Map([['src/a.ts', 10]]),
};
const POINT: Finding = { path: 'src/a.ts', line: 5, message: 'Wrong.', severity: 'error' };

function judge(verdict: 'approve' | 'reject', changes: Answers, findings: Finding[] = []) {
  const checklist = anApprovingChecklist(['src/a.ts:1'], changes, ITEMS);
  const said = { kind: 'review' as const, summary: 'Read.', checklist, deferred: [] };
  const report: ReviewReport =
    verdict === 'approve'
      ? { ...said, verdict, evidence: ['all of it'], findings }
      : { ...said, verdict, findings: [POINT, ...findings] };
  return judgeReview(report, ITEMS, THERE);
}

function safe(answer: 'yes' | 'no' | 'not-applicable', ...evidence: string[]): Answers {
  return { answers: { safe: { answer, evidence } } };
}

function short(answer: 'yes' | 'no', ...evidence: string[]): Answers {
  return { answers: { short: { answer, evidence, note: 'Too long.' } } };
}

function leak(present: boolean, ...evidence: string[]): Answers {
  return { triggers: { leak: { present, evidence } } };
}

describe('domain/judge-review', () => {
  it.each<[string, Answers, object]>([
    ['everything is shown', {}, { kind: 'approved', findings: [] }],
    [
      'a range of lines, and a gate that passed',
      safe('yes', 'src/a.ts:9-10', 'gate:tests'),
      { kind: 'approved' },
    ],
    [
      'a must that does not apply, with the place that shows it',
      safe('not-applicable', './src/a.ts:1'),
      { kind: 'approved' },
    ],
    [
      'a should that is answered no',
      short('no', 'src/a.ts:3'),
      {
        kind: 'approved',
        findings: [
          { path: 'src/a.ts', line: 3, severity: 'warning', message: 'short is answered no. Too long.' },
        ],
      },
    ],
    [
      'a should with nothing behind it',
      short('yes'),
      {
        kind: 'approved',
        items: [{}, { id: 'short', fault: 'no evidence' }, {}],
      },
    ],
    ['an absent trigger without evidence', leak(false), { kind: 'approved' }],
  ])('approves: %s', (_title, changes, expected) => {
    expect(judge('approve', changes)).toMatchObject(expected);
  });

  it.each<[string, Answers, string]>([
    ['a must without evidence', safe('yes'), 'safe: no evidence'],
    ['a must that does not apply, without evidence', safe('not-applicable'), 'safe: no evidence'],
    ['a file that is not there', safe('yes', 'src/b.ts:1'), 'safe: src/b.ts:1: no such file in this commit'],
    ['a line after the last', safe('yes', 'src/a.ts:11'), 'safe: src/a.ts:11: the file ends after line 10'],
    ['a range that goes on after the last', safe('yes', 'src/a.ts:9-11'), 'the file ends after line 10'],
    ['a range that ends before it begins', safe('yes', 'src/a.ts:9-8'), 'neither path:line nor gate:name'],
    ['line 0', safe('yes', 'src/a.ts:0'), 'neither path:line nor gate:name'],
    ['a file without a line', safe('yes', 'src/a.ts'), 'neither path:line nor gate:name'],
    ['a gate that did not run or did not pass', safe('yes', 'gate:lint'), 'gate:lint did not run and pass'],
    ['words', safe('yes', 'looks good'), 'neither path:line nor gate:name'],
    ['one reference of two that does not hold', safe('yes', 'src/a.ts:1', 'src/b.ts:2'), 'src/b.ts:2'],
  ])('asks the reviewer again: %s', (_title, changes, words) => {
    const judgement = judge('approve', changes);
    expect(judgement).toMatchObject({ kind: 'unusable', faults: [expect.stringContaining(words)] });
  });

  it.each<[string, Answers, object]>([
    [
      'a must is answered no',
      safe('no', 'src/a.ts:2'),
      {
        path: 'src/a.ts',
        line: 2,
        severity: 'error',
        message: 'safe is answered no. The reviewer points at: src/a.ts:2.',
      },
    ],
    [
      'a must is answered no, with nothing behind it',
      safe('no'),
      {
        message: 'safe is answered no. The reviewer points at: nothing.',
      },
    ],
    [
      'a must is answered no, and points nowhere',
      safe('no', 'src/b.ts:2'),
      { message: expect.stringContaining('src/b.ts:2') },
    ],
    ['a trigger is present', leak(true, 'src/a.ts:4'), { path: 'src/a.ts', line: 4, severity: 'error' }],
    [
      'a trigger is present, with nothing behind it',
      leak(true),
      {
        message: expect.stringContaining('leak is present, which always rejects'),
      },
    ],
    [
      'a trigger is present while a must is not shown',
      { ...leak(true), ...safe('yes') },
      { severity: 'error' },
    ],
  ])('rejects although the verdict approves: %s', (_title, changes, finding) => {
    expect(judge('approve', changes)).toMatchObject({ kind: 'rejected', findings: [finding] });
  });

  it('points at no line that was not looked up', () => {
    expect(judge('approve', safe('no', 'src/b.ts:2'))).not.toHaveProperty('findings.0.path');
  });

  it('a rejection stays one, whatever its evidence', () => {
    expect(judge('reject', {})).toMatchObject({ kind: 'rejected', findings: [POINT] });
    expect(judge('reject', safe('yes', 'src/b.ts:1'))).toMatchObject({ kind: 'rejected', findings: [POINT] });
  });

  it('says what a rejection answers against the change, but not twice about one line', () => {
    expect(judge('reject', safe('no', 'src/a.ts:5'))).toMatchObject({ findings: [POINT] });
    expect(judge('reject', safe('no', 'src/a.ts:6'))).toMatchObject({
      findings: [POINT, { path: 'src/a.ts', line: 6 }],
    });
  });

  it.each(['approve', 'reject'] as const)('a %s that leaves an item out does not count', (verdict) => {
    const more = [...ITEMS, { id: 'toString', group: 'must', question: 'Is it there?' }] as const;
    const checklist = anApprovingChecklist(['src/a.ts:1'], leak(true), ITEMS);
    const said = { kind: 'review', summary: 'Read.', checklist } as const;
    const report: ReviewReport = { ...said, verdict, evidence: ['all'], findings: [POINT], deferred: [] };
    expect(judgeReview(report, more, THERE)).toMatchObject({
      kind: 'unusable',
      faults: ['toString is not answered'],
    });
  });

  it('does not look at what was not asked', () => {
    const judgement = judge('approve', { answers: { other: { answer: 'no', evidence: [] } } });
    expect(judgement).toMatchObject({ kind: 'approved', items: { length: ITEMS.length } });
  });
});

describe('domain/review-checklist', () => {
  it.each(['full', 'fast-track'] as const)(
    '%s asks for what must hold and for every trigger, each once',
    (depth) => {
      const ids = checklistOf(depth).map(({ id }) => id);
      const always = checklistOf('full').flatMap(({ id, group }) => (group === 'should' ? [] : [id]));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(always));
    },
  );
});
