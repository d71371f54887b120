import type { Finding } from '../domain/finding.ts';
import { isReview } from '../domain/is-review.ts';
import { isOfReplaced } from '../domain/legs-of.ts';
import { type BegunRun, isBegun, type Run, type StepRecord } from '../domain/run.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { askedLine, fallbackWords, leftOutWords } from './asked-words.ts';
import { checklistTables } from './checklist-table.ts';
import { inline } from './inline.ts';
import { listFindings } from './list-findings.ts';
import { quote } from './quote.ts';
import { toAnnotations } from './to-annotations.ts';
import { toTitle } from './to-title.ts';
import { usageWords } from './usage-words.ts';

const MAX_EVIDENCE_BYTES = 20_000;

/** One completed check run per review step and reviewed commit; reviewed again, the newest word stands. */
export function reviewChecks(run: Run): SurfaceInput[] {
  if (!isBegun(run)) {
    return [];
  }
  const checks = new Map<string, SurfaceInput>();
  for (const record of run.history) {
    const reviews = reviewsBeside(run, record);
    if (hasCheck(run, record) && reviews.includes(record.step)) {
      const check = toCheck(
        record,
        reviews.length === 1 ? 'baton / review' : `baton / review: ${record.step}`,
      );
      checks.set(check.key, check);
    }
  }
  return [...checks.values()];
}

/** Nothing is written on the base commit, and a question of the reviewer has a check of its own. */
function hasCheck({ base }: BegunRun, { head, outcome }: StepRecord): boolean {
  return head !== base.sha && outcome.kind !== 'held';
}

/** The reviews that the run had when the attempt was made. */
function reviewsBeside(run: BegunRun, record: StepRecord): readonly string[] {
  const present = run.definition.workflow.steps.filter(isReview);
  if (!isOfReplaced(run, record)) {
    return present.map(({ id }) => id);
  }
  const own = run.legs[record.leg ?? -1]?.steps.filter((step) => step.isReview) ?? [];
  return [...present.filter(({ chosenBy }) => chosenBy === undefined), ...own].map(({ id }) => id);
}

function toCheck(record: BegunRun['history'][number], name: string): SurfaceInput {
  const { outcome, head, step } = record;
  return {
    kind: 'check-run',
    key: `review:${head}:${step}`,
    name,
    sha: head,
    conclusion: toConclusion(outcome.kind),
    title: toTitle(outcome.kind === 'broke' ? `Could not be done: ${outcome.summary}` : outcome.summary),
    summary: toSummary(record),
    annotations: toAnnotations(findingsOf(outcome)),
  };
}

function toConclusion(
  kind: StepRecord['outcome']['kind'],
): 'success' | 'failure' | 'action_required' | 'skipped' {
  switch (kind) {
    case 'passed':
      return 'success';
    case 'skipped':
      return 'skipped';
    case 'rejected':
      return 'failure';
    case 'held':
    case 'broke':
      return 'action_required';
  }
}

function findingsOf(outcome: StepRecord['outcome']): readonly Finding[] {
  return outcome.kind === 'passed' || outcome.kind === 'rejected' ? (outcome.findings ?? []) : [];
}

function toSummary({ outcome }: StepRecord): string {
  const checklists = 'checklists' in outcome ? (outcome.checklists ?? []) : [];
  const used = outcome.usage === undefined ? '' : `**Used:** ${usageWords(outcome.usage)}.`;
  const { asked = [] } = outcome;
  return [
    ...toWords(outcome),
    checklistTables(checklists),
    listFindings(findingsOf(outcome)),
    used,
    askedLine(asked),
    ...fallbackWords(asked),
    ...leftOutWords(asked),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function toWords(outcome: StepRecord['outcome']): string[] {
  const summary = inline(outcome.summary, 1000);
  switch (outcome.kind) {
    case 'passed':
      return [
        `**Approved:** ${summary}`,
        ...(outcome.details === ''
          ? []
          : ['The approval rests on:', quote(outcome.details, MAX_EVIDENCE_BYTES)]),
      ];
    case 'rejected':
      return [`**Rejected:** ${summary}`];
    case 'held':
    case 'skipped':
      return [summary];
    case 'broke':
      return [
        `**The review could not be done:** ${summary}`,
        `**What to do:** ${inline(outcome.remedy, 1000)}`,
      ];
  }
}
