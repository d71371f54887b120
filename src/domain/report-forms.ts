import type { WorkflowOffer } from './brief.ts';
import { ISSUE_TYPES } from './issue-type.ts';
import type { ReportKind } from './report.ts';

/** How each report is written, for the role that has to write it. */
const REPORT_FORMS: Readonly<Record<ReportKind, string>> = {
  work: [
    'Answer with one JSON object:',
    '`{"kind":"work","summary":"one line","details":"Markdown for the next roles and the maintainers","facts":{}}`.',
    '`facts` holds the typed facts your role names, as strings, numbers or booleans.',
  ].join(' '),
  review: [
    'Answer with one JSON object, either',
    '`{"kind":"review","verdict":"approve","summary":"one line","evidence":["what you looked at"],"checklist":{...},"findings":[]}` or',
    '`{"kind":"review","verdict":"reject","summary":"one line","checklist":{...},"findings":[{"path":"src/a.ts","line":1,"message":"what is wrong and what to do","severity":"error"}]}`.',
    'An approval without evidence does not count.',
  ].join(' '),
  triage: [
    'Answer with one JSON object:',
    '`{"kind":"triage","type":"api","confidence":0.9,"reasons":["what speaks for it"],"workflow":"backend-feature","facts":{}}`.',
    `\`type\` is one of ${Object.entries(ISSUE_TYPES)
      .map(([type, { about }]) => `${type} (${about})`)
      .join(' ')}`,
    'Say how sure you are from 0 to 1; below the mark that the repository has set, a person is asked.',
  ].join(' '),
};

/** In reports of work and reviews: what a role must not decide by itself. */
const ESCALATION_FORM =
  'When only a person can decide (requirements contradict each other, security stands against speed, what others use would break, or it needs what is not available here), add `"escalation":{"trigger":"conflict","issue":"the question","options":[{"title":"one way","tradeOff":"what speaks for and against it"}],"recommended":1,"recommendation":"why","blocked":"what cannot go on"}`; `trigger` is conflict, security-or-speed, breaking-change or out-of-scope. You are asked again with the decision.';

/** In every report: what is left for later does not get lost. */
const DEFERRED_FORM =
  'Work that ought to be done but does not belong to this task goes into `"deferred":[{"title":"what is to be done","why":"why not now","evidence":"src/a.ts:1","labels":[]}]`, at most 10; each becomes an issue. Name again what you have put off before and is still to be done: only your newest list counts.';

/** How the report that is asked for is written, and what may be in it. */
export function toReportForms(report: ReportKind, offers: readonly WorkflowOffer[]): readonly string[] {
  if (report !== 'triage') {
    return [REPORT_FORMS[report], DEFERRED_FORM, ESCALATION_FORM];
  }
  const lines = offers.map(({ name, description }) => `- ${name}: ${description}`);
  return [REPORT_FORMS[report], `These workflows can be named:\n${lines.join('\n')}`];
}
