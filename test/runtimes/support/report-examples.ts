import type { ReportKind } from '../../../src/domain/report.ts';

/** One report of each kind with all that a model may hand in, as it is after it was read. */
export const REPORT_EXAMPLES: Readonly<Record<ReportKind, unknown>> = {
  work: {
    kind: 'work',
    summary: 'There is one page.',
    details: 'It is *new*.',
    facts: { pages: 1, api: 'orders', breaking: false },
    deferred: [{ title: 'Sort them', why: 'Nobody asked.', evidence: 'src/page.ts:1', labels: ['later'] }],
  },
  review: {
    kind: 'review',
    verdict: 'reject',
    summary: 'A page is missing.',
    checklist: {
      answers: { tested: { answer: 'yes', evidence: ['src/page.ts:1'], note: 'Seen.' } },
      triggers: { security: { present: false, evidence: [] } },
    },
    findings: [{ path: 'src/page.ts', line: 1, message: 'Add it.', severity: 'error' }],
    deferred: [],
  },
  triage: {
    kind: 'triage',
    type: 'api',
    confidence: 0.9,
    reasons: ['It names a path.'],
    workflow: 'backend-feature',
    facts: {},
  },
};
