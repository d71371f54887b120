import type { AnsweredChecklist } from '../../src/domain/answered-checklist.ts';
import type { OutcomeInput } from '../../src/domain/outcome.ts';
import type { Steer } from '../../src/domain/steer.ts';

const DESIGN = [
  '## Approach',
  'Reject `limit` above 100 with a 400.',
  '',
  '| limit | answer |',
  '|---|---|',
  '| 100 | 200 |',
  '| 101 | 400 |',
].join('\n');

export const triaged = { kind: 'passed', summary: 'A small feature of the order list.' } as const;
export const designed = { kind: 'passed', summary: 'Cap `limit` at 100.', details: DESIGN } as const;
export const asked = {
  kind: 'held',
  summary: designed.summary,
  hold: {
    kind: 'approval',
    question: 'May this design be built?',
    shown: `${designed.summary}\n\n${DESIGN}`,
  },
} as const;

export function approved(head: string | null = null): Steer {
  return { kind: 'approve', givenAt: '2026-03-02T09:58:00.000Z', head };
}

export function built(commit: string): OutcomeInput {
  return {
    kind: 'passed',
    summary: 'The list answers 400 above 100.',
    details: 'Added `MAX_LIMIT` and a test.',
    checkpoint: commit,
  };
}

export const judged: OutcomeInput = {
  kind: 'passed',
  summary: '2 gates passed',
  verdicts: [
    {
      gate: 'tests',
      verdict: { kind: 'pass', summary: '14 tests passed', evidence: 'ok 14' },
      durationMs: 1200,
    },
    { gate: 'lint', verdict: { kind: 'pass', summary: 'no findings' }, durationMs: 300 },
  ],
};

export const failing: OutcomeInput = {
  kind: 'rejected',
  summary: '1 of 2 gates failed: tests',
  findings: [{ path: 'src/api.ts', line: 12, message: 'tests: expected 400, got 200', severity: 'error' }],
  verdicts: [
    {
      gate: 'tests',
      verdict: {
        kind: 'fail',
        summary: '1 of 14 tests failed',
        findings: [{ path: 'src/api.ts', line: 12, message: 'expected 400, got 200', severity: 'error' }],
        evidence: 'not ok 3 - limit\n```\nexpected 400\n```',
      },
      durationMs: 1300,
    },
    { gate: 'lint', verdict: { kind: 'pass', summary: 'no findings' }, durationMs: 300 },
  ],
};

export const leaking: OutcomeInput = {
  kind: 'held',
  summary: 'secrets asks for a release',
  verdicts: [
    {
      gate: 'secrets',
      verdict: {
        kind: 'hold',
        summary: 'one possible secret',
        findings: [
          { path: 'test/api.test.ts', line: 3, message: 'looks like an AWS key', severity: 'error' },
        ],
      },
      durationMs: 90,
    },
  ],
  hold: {
    kind: 'security',
    question: 'May this change go on?',
    shown: 'one possible secret',
    findings: [{ path: 'test/api.test.ts', line: 3, message: 'looks like an AWS key', severity: 'error' }],
  },
};

const CHECKLIST: AnsweredChecklist = {
  step: 'review',
  verdict: 'approve',
  items: [
    { id: 'errors-handled', group: 'must', answer: 'yes', evidence: ['src/api.ts:12-14', 'gate:tests'] },
    {
      id: 'inputs-validated',
      group: 'must',
      answer: 'not-applicable',
      evidence: ['src/api.ts:3'],
      note: 'Nothing comes in.',
    },
    {
      id: 'documentation-updated',
      group: 'should',
      answer: 'no',
      evidence: ['README.md:4'],
      note: 'The limit is not named.',
    },
    { id: 'exposed-credentials', group: 'trigger', answer: 'absent', evidence: [] },
  ],
};

export const reviewed: OutcomeInput = {
  kind: 'passed',
  summary: 'Correct and tested.',
  details: '- read src/api.ts\n- ran the tests',
  findings: [{ path: 'README.md', line: 4, message: 'The limit is not named.', severity: 'warning' }],
  checklists: [CHECKLIST],
};

export const objected: OutcomeInput = {
  kind: 'rejected',
  summary: 'The limit is not checked for text.',
  findings: [
    { path: 'src/api.ts', line: 20, message: '`limit=abc` gives 500', severity: 'error' },
    { message: 'The readme does not name the limit.', severity: 'warning' },
  ],
};

export const proposed: OutcomeInput = {
  kind: 'passed',
  summary: 'pull request #43 is open',
  pullRequest: { number: 43, url: 'https://github.com/acme/orders/pull/43' },
};
