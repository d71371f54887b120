import type { AnsweredItem } from './answered-checklist.ts';
import type { ChecklistAnswers } from './checklist-answers.ts';
import type { Finding } from './finding.ts';
import { parseReference, type Referable, toReferenceFault } from './reference.ts';
import type { ReviewReport } from './report.ts';
import type { ChecklistItem } from './review-checklist.ts';

/** What a review comes to when its answers are weighed. */
export type ReviewJudgement = { readonly items: readonly AnsweredItem[] } & (
  | { readonly kind: 'approved' | 'rejected'; readonly findings: readonly Finding[] }
  /** The reviewer has to say more before it counts; each fault names the item. */
  | { readonly kind: 'unusable'; readonly faults: readonly string[] }
);

/**
 * Weighs a review: the reviewer's own verdict counts only as far as the answers carry it. An answer against the change
 * rejects it; a missing answer, or an approval with nothing behind it, goes back to the reviewer.
 */
export function judgeReview(
  report: ReviewReport,
  items: readonly ChecklistItem[],
  referable: Referable,
): ReviewJudgement {
  const answered = items.flatMap((item) => toAnswered(item, report.checklist, referable));
  const missing = items.filter(({ id }) => !answered.some((answer) => answer.id === id));
  if (missing.length > 0) {
    return { kind: 'unusable', items: answered, faults: missing.map(({ id }) => `${id} is not answered`) };
  }
  const findings = toFindings(report.findings, answered);
  if (report.verdict === 'reject' || answered.some(isObjection)) {
    return { kind: 'rejected', items: answered, findings };
  }
  const faults = answered.flatMap(({ id, group, fault }) =>
    group === 'must' && fault !== undefined ? [`${id}: ${fault}`] : [],
  );
  return faults.length > 0
    ? { kind: 'unusable', items: answered, faults }
    : { kind: 'approved', items: answered, findings };
}

function toAnswered(
  { id, group }: ChecklistItem,
  { answers, triggers }: ChecklistAnswers,
  referable: Referable,
): AnsweredItem[] {
  if (group === 'trigger') {
    const given = find(triggers, id);
    return given === null
      ? []
      : [weigh({ id, group, answer: given.present ? 'present' : 'absent', ...told(given) }, referable)];
  }
  const given = find(answers, id);
  return given === null ? [] : [weigh({ id, group, answer: given.answer, ...told(given) }, referable)];
}

function find<Value>(entries: Readonly<Record<string, Value>>, id: string): Value | null {
  return Object.hasOwn(entries, id) ? (entries[id] ?? null) : null;
}

function told({ evidence, note }: Pick<AnsweredItem, 'evidence' | 'note'>) {
  return { evidence, ...(note === undefined ? {} : { note }) };
}

/** What speaks for the change has to be shown; what speaks against it is believed. */
function weigh(item: AnsweredItem, referable: Referable): AnsweredItem {
  const favours = item.answer === 'yes' || item.answer === 'not-applicable';
  const faults =
    favours && item.evidence.length === 0
      ? ['no evidence']
      : item.evidence.flatMap((text) => toReferenceFault(text, referable) ?? []);
  return faults.length === 0 ? item : { ...item, fault: faults.join('; ') };
}

function isObjection({ group, answer }: AnsweredItem): boolean {
  return answer === 'present' || (group === 'must' && answer === 'no');
}

/** The reviewer's own points first. An answer against the change is not said twice about the same line. */
function toFindings(reported: readonly Finding[], items: readonly AnsweredItem[]): Finding[] {
  const places = new Set(reported.map(toPlace));
  const own = items
    .filter((item) => isObjection(item) || item.answer === 'no')
    .map(toFinding)
    .filter((finding) => finding.line === undefined || !places.has(toPlace(finding)));
  return [...reported, ...own];
}

function toPlace({ path, line }: Finding): string {
  return `${path}:${line}`;
}

function toFinding({ id, group, answer, evidence, note, fault }: AnsweredItem): Finding {
  const said = answer === 'present' ? 'is present, which always rejects' : 'is answered no';
  const message = [`${id} ${said}.`, note ?? `The reviewer points at: ${evidence.join(', ') || 'nothing'}.`];
  const first =
    fault === undefined ? evidence.map(parseReference).find((one) => one?.kind === 'lines') : null;
  return {
    ...(first?.kind === 'lines' ? { path: first.path, line: first.first } : {}),
    message: message.join(' '),
    severity: group === 'should' ? 'warning' : 'error',
  };
}
