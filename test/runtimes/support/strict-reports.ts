import type { ReportKind } from '../../../src/domain/report.ts';

/** The report examples as a model writes them whose answer is bound to the strict schema. */
export const STRICT_REPORTS: Readonly<Record<ReportKind, unknown>> = {
  work: {
    kind: 'work',
    summary: 'There is one page.',
    details: 'It is *new*.',
    facts: [
      { name: 'pages', value: 1 },
      { name: 'api', value: 'orders' },
      { name: 'breaking', value: false },
    ],
    deferred: [{ title: 'Sort them', why: 'Nobody asked.', evidence: 'src/page.ts:1', labels: ['later'] }],
    escalation: null,
  },
  review: {
    kind: 'review',
    verdict: 'reject',
    summary: 'A page is missing.',
    checklist: {
      answers: [{ name: 'tested', value: { answer: 'yes', evidence: ['src/page.ts:1'], note: 'Seen.' } }],
      triggers: [{ name: 'security', value: { present: false, evidence: [], note: null } }],
    },
    findings: [{ path: 'src/page.ts', line: 1, message: 'Add it.', severity: 'error', danger: null }],
    deferred: [],
    escalation: null,
  },
  triage: {
    kind: 'triage',
    type: 'api',
    confidence: 0.9,
    reasons: ['It names a path.'],
    workflow: 'backend-feature',
    facts: [],
  },
};
