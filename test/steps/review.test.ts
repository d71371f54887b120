import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '../../src/domain/evidence.ts';
import type { ReviewReport } from '../../src/domain/report.ts';
import { checklistOf } from '../../src/domain/review-checklist.ts';
import type { Answer, StepWorld } from '../../src/domain/step-kind.ts';
import { stepKind as review } from '../../src/steps/review.ts';
import { type Answers, anApprovingChecklist } from '../support/checklists.ts';
import { sha } from '../support/orders.ts';
import { approved, asked, built, designed, judged, triaged } from '../support/outcomes.ts';
import { runAfter } from '../support/run-after.ts';

const step = { id: 'review', kind: 'review', maxRejections: 3, with: {} };
const broke = { kind: 'broke', summary: 'no answer', remedy: 'Wait.', retriable: false } as const;
const refused: Answer<never> = { kind: 'refused', findings: [{ message: 'a link out', severity: 'error' }] };
const finding = { message: 'no test', severity: 'error' } as const;

/** Built, judged by the gates `tests` and `lint`, and at its review. */
const RUN = runAfter([triaged, designed, asked, approved(), built(sha('b')), judged]);
/** The files of the head. */
const FILES: Readonly<Record<string, string>> = { 'src/api.ts': 'one\ntwo\nthree', 'empty.txt': '' };

/** A migration was moved, and code changed. */
const CHANGED: readonly ChangedFile[] = [
  aFile({ path: 'src/api.ts', status: 'modified' }),
  aFile({ path: 'migrations/2.sql', from: 'sql/2.sql', status: 'renamed' }),
];

function aFile(file: Pick<ChangedFile, 'path' | 'from' | 'status'>): ChangedFile {
  return { ...file, mode: '100644', additions: 1, deletions: 0, binary: false };
}

/** A world in which the reviewer answers this; it notes what was asked and read. */
function worldOf(answer: Answer) {
  const requests: unknown[] = [];
  const reads: string[] = [];
  const world: Pick<StepWorld, 'ask' | 'readFile' | 'changedFiles'> = {
    changedFiles: async () => CHANGED,
    async ask(request) {
      requests.push(request);
      // The tests ask for the report that they give.
      return answer as never;
    },
    async readFile(path) {
      reads.push(path);
      if (path === 'huge.bin') {
        throw new Error('huge.bin is too long');
      }
      const text = FILES[path];
      return text === undefined ? null : new TextEncoder().encode(text);
    },
  };
  return { requests, reads, world: world as StepWorld };
}

async function perform(
  answer: Answer,
  given: { depth?: 'full' | 'fast-track'; criteria?: string[]; files?: string[] } = {},
) {
  const options = { role: 'reviewer', depth: 'full' as const, criteria: [], ...given, timeoutMinutes: 2 };
  const { world, ...noted } = worldOf(answer);
  if (RUN.state !== 'running') {
    throw new Error(`expected a running run, got ${RUN.state}`);
  }
  return { outcome: await review.perform({ run: RUN, step, options, world }), ...noted };
}

function approving(evidence: readonly string[], changes: Answers = {}): Answer {
  return reporting({
    kind: 'review',
    verdict: 'approve',
    summary: 'Good.',
    evidence: ['a', 'b'],
    checklist: anApprovingChecklist(evidence, changes),
    findings: [],
    deferred: [],
  });
}

function rejecting(changes: Answers = {}): Answer {
  const checklist = anApprovingChecklist(['src/api.ts:1'], changes);
  return reporting({
    kind: 'review',
    verdict: 'reject',
    summary: 'Bad.',
    checklist,
    findings: [finding],
    deferred: [],
  });
}

function reporting(report: ReviewReport): Answer {
  return { kind: 'reported', report };
}

describe('steps/review: files', () => {
  it('tells a reviewer which files are theirs, with the old name of one that was moved', async () => {
    const { requests } = await perform(approving(['src/api.ts:1']), { files: ['sql/**'] });
    expect(requests).toMatchObject([
      { files: { globs: ['sql/**'], paths: ['migrations/2.sql', 'sql/2.sql'] } },
    ]);
  });

  it('passes without asking anybody when none of them changed', async () => {
    const { requests, outcome } = await perform(approving([]), { files: ['web/**', 'docs/**'] });
    expect(requests).toEqual([]);
    expect(outcome).toEqual({ kind: 'passed', summary: 'no file of it changed: web/**, docs/**' });
  });
});

describe('steps/review', () => {
  it('asks for the checklist within the time', async () => {
    const { requests } = await perform(approving(['src/api.ts:1']));
    expect(requests).toEqual([
      {
        role: 'reviewer',
        report: 'review',
        access: 'read',
        checklist: checklistOf('full'),
        timeoutMs: 120_000,
      },
    ]);
  });

  it('an approval passes with what it rests on', async () => {
    const { outcome } = await perform(approving(['src/api.ts:1-3', 'gate:tests']));
    expect(outcome).toMatchObject({ kind: 'passed', summary: 'Good.', details: '- a\n- b', findings: [] });
    expect(outcome).toMatchObject({ checklists: [{ step: 'review', verdict: 'approve' }] });
    expect('checklists' in outcome && outcome.checklists?.[0]?.items.map(({ id }) => id)).toEqual(
      checklistOf('full').map(({ id }) => id),
    );
  });

  it('a rejection goes back with its findings', async () => {
    const { outcome } = await perform(rejecting());
    expect(outcome).toMatchObject({ kind: 'rejected', summary: 'Bad.', findings: [finding] });
    expect(outcome).toMatchObject({ checklists: [{ verdict: 'reject' }] });
  });

  it.each([
    ['src/api.ts:4', 'src/api.ts:4: the file ends after line 3'],
    ['empty.txt:1', 'empty.txt:1: the file ends after line 0'],
    ['gone.ts:1', 'gone.ts:1: no such file'],
    ['../../etc/passwd:1', 'no such file'],
    ['huge.bin:1', 'huge.bin:1: no such file'],
    ['gate:types', 'gate:types did not run and pass'],
    ['I looked at it', 'neither path:line nor gate:name'],
  ])('an approval that rests on %j is asked for again, and passes nothing', async (evidence, words) => {
    const { outcome } = await perform(approving([evidence]));
    expect(outcome).toMatchObject({
      kind: 'broke',
      retriable: true,
      summary: expect.stringContaining('no-exposed-secrets'),
      checklists: [{ verdict: 'approve' }],
    });
    expect(outcome.summary).toContain(words);
  });

  it('an approval with a trigger is a rejection', async () => {
    const present = { present: true, evidence: ['src/api.ts:2'], note: 'A token.' };
    const { outcome } = await perform(
      approving(['src/api.ts:1'], { triggers: { 'exposed-credentials': present } }),
    );
    expect(outcome).toMatchObject({
      kind: 'rejected',
      summary: expect.stringContaining('contradicted by its own checklist'),
      findings: [{ path: 'src/api.ts', line: 2, severity: 'error' }],
    });
  });

  it('reads each file once', async () => {
    const { reads } = await perform(
      approving(['src/api.ts:1', './src/api.ts:2', 'empty.txt:1', 'gate:tests']),
    );
    expect(reads).toEqual(['src/api.ts', 'empty.txt']);
  });

  it('a fast track asks its two questions first and leaves out what only should be', async () => {
    const answer = approving(['src/api.ts:1']);
    const { outcome, requests } = await perform(answer, { depth: 'fast-track' });
    expect(requests).toMatchObject([{ checklist: checklistOf('fast-track') }]);
    expect(checklistOf('fast-track').map(({ group }) => group)).not.toContain('should');
    expect(outcome).toMatchObject({
      kind: 'broke',
      summary: expect.stringContaining('fixes-the-error is not answered; no-new-risk is not answered'),
    });
  });

  it.each<[string, Answer, object]>([
    ['a broken reviewer approves nothing', broke, broke],
    ['nor does one that wrote', refused, { kind: 'broke' }],
  ])('%s', async (_title, answer, expected) => {
    expect((await perform(answer)).outcome).toMatchObject(expected);
  });
});
