import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deferredSchema, toPlace } from '../../src/domain/debt.ts';
import { debtsSoFar } from '../../src/domain/debts-so-far.ts';
import { listDebts } from '../../src/domain/list-debts.ts';
import type { OutcomeInput } from '../../src/domain/outcome.ts';
import { workReportSchema } from '../../src/domain/report.ts';
import { type BegunRun, isBegun, type Run } from '../../src/domain/run.ts';
import { sha } from '../support/orders.ts';
import {
  approved,
  asked,
  built,
  designed,
  judged,
  objected,
  proposed,
  triaged,
} from '../support/outcomes.ts';
import { happen, runAfter } from '../support/run-after.ts';

const POLICY = {
  maxPerRun: 5,
  digest: (text: string) => createHash('sha256').update(text).digest('hex'),
};

function put(title: string, evidence = 'src/api.ts:3') {
  return { title, why: 'It is not asked for.', evidence, labels: [] };
}

function off<Outcome extends OutcomeInput>(outcome: Outcome, ...titles: readonly string[]): Outcome {
  return { ...outcome, deferred: titles.map((title) => put(title)) };
}

function begun(run: Run): BegunRun {
  if (!isBegun(run)) {
    throw new Error('the run has not begun');
  }
  return run;
}

function listed(run: Run) {
  return listDebts(begun(run), POLICY).toFile.map(({ title }) => title);
}

function fingerprint(title: string, evidence = 'src/api.ts:3') {
  const outcome = { ...triaged, deferred: [put(title, evidence)] };
  return listDebts(begun(runAfter([outcome])), POLICY).toFile[0]?.fingerprint;
}

const upToBuilt = [triaged, designed, asked, approved()];

describe('src/domain/list-debts', () => {
  it('lists by the workflow, each work once, at the commit where it was seen', () => {
    const run = begun(
      runAfter([
        off(triaged, 'Split the file', 'Round'),
        designed,
        asked,
        approved(),
        off(built(sha('b')), 'round!', 'Cache'),
      ]),
    );
    expect(listDebts(run, POLICY)).toEqual({
      toFile: [
        expect.objectContaining({ title: 'Split the file', step: 'triage', commit: sha('a') }),
        expect.objectContaining({ title: 'Round', step: 'triage', commit: sha('a') }),
        expect.objectContaining({ title: 'Cache', step: 'implementation', commit: sha('b') }),
      ],
      over: [],
    });
  });

  it('goes by the newest attempt: what was done after all is no debt', () => {
    const again = [...upToBuilt, off(built(sha('b')), 'Cache', 'Split'), judged, objected];
    expect(listed(runAfter([...again, off(built(sha('c')), 'Split')]))).toEqual(['Split']);
    expect(listed(runAfter([...again, built(sha('c'))]))).toEqual([]);
  });

  it('forgets what was taken back by a rollback', () => {
    const run = runAfter([off(triaged, 'Round'), off(designed, 'Split')]);
    expect(listed(run)).toEqual(['Round', 'Split']);
    const back = { kind: 'rollback', step: 'triage', guidance: '' } as const;
    expect(listed(happen(run, back).run)).toEqual(['Round']);
  });

  it('keeps what was put off while the step is tried again and the tool breaks', () => {
    const broke = { kind: 'broke', summary: 'no answer', remedy: 'Wait.', retriable: true } as const;
    const before = [...upToBuilt, off(built(sha('b')), 'Cache'), judged, objected];
    expect(listed(runAfter([...before, broke]))).toEqual(['Cache']);
  });

  it('counts what a review puts off as long as that is its last word', () => {
    const rejected = [...upToBuilt, built(sha('b')), judged, off(objected, 'Rename')];
    expect(listed(runAfter(rejected))).toEqual(['Rename']);
    const passed = { kind: 'passed', summary: 'Good.' } as const;
    expect(listed(runAfter([...rejected, built(sha('c')), judged, passed]))).toEqual([]);
  });

  it('files the first ones and names the rest', () => {
    const run = begun(runAfter([off(triaged, 'a', 'b', 'c')]));
    const { toFile, over } = listDebts(run, { ...POLICY, maxPerRun: 2 });
    expect([toFile, over].map((debts) => debts.map(({ title }) => title))).toEqual([['a', 'b'], ['c']]);
  });

  it.each([
    ['Round the sum', 'round   THE sum.'],
    ['Re-use the parser', 're use the parser'],
    ['Käse zählen', 'KÄSE   ZÄHLEN!'],
  ])('takes "%s" and "%s" for the same, also on another line', (one, other) => {
    expect(fingerprint(one, 'src/api.ts:3')).toBe(fingerprint(other, './src/api.ts:90'));
  });

  it.each([
    [
      ['Round', 'src/api.ts'],
      ['Round', 'src/API.ts'],
    ],
    [
      ['Support v1.0', 'src/api.ts'],
      ['Support v10', 'src/api.ts'],
    ],
    [
      ['!!!', 'src/api.ts'],
      ['???', 'src/api.ts'],
    ],
    [
      ['数え直す', 'src/api.ts'],
      ['丸める', 'src/api.ts'],
    ],
  ])('tells %j from %j', ([title = '', path = ''], [otherTitle = '', otherPath = '']) => {
    expect(fingerprint(title, path)).not.toBe(fingerprint(otherTitle, otherPath));
  });
});

describe('src/domain/debts-so-far', () => {
  const deferring = off(triaged, 'a', 'b', 'c');
  const policy = { ...POLICY, maxPerRun: 2 };

  it('says of what is not filed yet when it will be, or why not', () => {
    const words = debtsSoFar(begun(runAfter([deferring])), policy).unfiled.map(({ title, why }) => [
      title,
      why,
    ]);
    expect(words).toEqual([
      ['a', 'it is filed when the pull request is open'],
      ['b', 'it is filed when the pull request is open'],
      ['c', 'one run files at most 2'],
    ]);
    const cancelled = happen(runAfter([deferring]), { kind: 'cancel', reason: '' }).run;
    expect(debtsSoFar(begun(cancelled), policy).unfiled[0]?.why).toBe(
      'the run has ended before it was filed',
    );
  });

  it('names each work once after it was filed', () => {
    const before = begun(
      runAfter([
        deferring,
        designed,
        asked,
        approved(),
        built(sha('b')),
        judged,
        { kind: 'passed', summary: 'Good.' },
      ]),
    );
    const { toFile, over } = listDebts(before, policy);
    const debts = toFile.map(({ fingerprint: id, title }) => ({
      fingerprint: id,
      title,
      number: 50,
      url: '',
      known: false,
    }));
    const unfiled = over.map(({ fingerprint: id, title }) => ({ fingerprint: id, title, why: 'too many' }));
    const after = begun(happen(before, { ...proposed, kind: 'passed', summary: '', debts, unfiled }).run);
    expect(debtsSoFar(after, policy)).toEqual({ filed: debts, unfiled });
  });
});

describe('src/domain/debt', () => {
  it.each([
    ['src/a.ts:12', { path: 'src/a.ts', line: 12 }],
    ['src/a.ts:12-20', { path: 'src/a.ts', line: 12 }],
    ['./src/a.ts', { path: 'src/a.ts', line: null }],
    ['a file (1).md:1', { path: 'a file (1).md', line: 1 }],
    ['src/a.ts:0', { path: 'src/a.ts:0', line: null }],
  ])('reads the place %s', (text, place) => {
    expect(toPlace(deferredSchema.parse(put('x', text)).evidence)).toEqual(place);
  });

  it.each(['', '/etc/passwd', '../x', 'src/../../x', 'a\nb', String.raw`c:\x`, 'x'.repeat(500)])(
    'refuses the place %j',
    (text) => {
      expect(deferredSchema.safeParse(put('x', text)).success).toBe(false);
    },
  );

  it('never reads a line out of nothing, and loses no path', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{1,9}(\/[a-z]{1,9}){0,3}$/),
        fc.integer({ min: 1, max: 99_999 }),
        (path, line) => {
          expect(toPlace(`${path}:${line}`)).toEqual({ path, line });
          expect(toPlace(path)).toEqual({ path, line: null });
        },
      ),
    );
  });

  it('takes at most ten in one report', () => {
    const report = { kind: 'work', summary: 'Done.' };
    const many = Array.from({ length: 11 }, (_, index) => put(`t${index}`));
    expect(workReportSchema.safeParse({ ...report, deferred: many }).success).toBe(false);
    expect(workReportSchema.parse({ ...report, deferred: many.slice(1) }).deferred).toHaveLength(10);
    expect(workReportSchema.parse(report).deferred).toEqual([]);
  });
});
