import picomatch from 'picomatch';
import { z } from 'zod';
import type { AnsweredChecklist } from '../domain/answered-checklist.ts';
import type { OwnFiles } from '../domain/brief.ts';
import { listEvidence } from '../domain/checklist-answers.ts';
import { gatesOnHead } from '../domain/gates-on-head.ts';
import { judgeReview, type ReviewJudgement } from '../domain/judge-review.ts';
import type { OutcomeInput } from '../domain/outcome.ts';
import { readLineCounts } from '../domain/read-line-counts.ts';
import type { ReviewReport } from '../domain/report.ts';
import { toEscalationOutcome } from '../domain/reported-escalation.ts';
import { type ChecklistItem, checklistOf } from '../domain/review-checklist.ts';
import { type Attempt, defineStepKind } from '../domain/step-kind.ts';

const options = z.strictObject({
  role: z.string().min(1).describe('Name of the role that reviews.'),
  depth: z
    .enum(['full', 'fast-track'])
    .default('full')
    .describe(
      'How much of the checklist is asked: all of it, or for a production error whether it is mended without a new risk, and what must hold anyway.',
    ),
  criteria: z
    .array(z.string().min(1).max(1000))
    .max(50)
    .default([])
    .describe('What must hold besides the checklist; each is answered with evidence that is looked up.'),
  files: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'Globs of the files that this reviewer looks at; all when absent. A change that touches none of them passes without anybody being asked.',
    ),
  timeoutMinutes: z
    .number()
    .positive()
    .max(240)
    .default(30)
    .describe('Time limit of one attempt, in minutes.'),
});

type Reviewing = Attempt<z.infer<typeof options>>;

export const stepKind = defineStepKind({
  name: 'review',
  summary:
    'Asks a role to approve or reject the work so far, with a checklist whose evidence is looked up. It reads; it never writes.',
  options,
  endings: ['passed', 'rejected', 'escalation'],
  role: ({ role }) => role,
  reviews: ({ files }) => (files === undefined ? 'all' : 'some files'),
  async perform(attempt) {
    const { role, files: globs, timeoutMinutes } = attempt.options;
    const files = globs === undefined ? undefined : await findOwn(attempt, globs);
    if (files?.paths.length === 0) {
      return { kind: 'passed', summary: `no file of it changed: ${files.globs.join(', ')}` };
    }
    const answer = await attempt.world.ask({
      role,
      report: 'review',
      access: 'read',
      checklist: itemsOf(attempt),
      ...(files === undefined ? {} : { files }),
      timeoutMs: timeoutMinutes * 60_000,
    });
    if (answer.kind === 'broke') {
      return answer;
    }
    if (answer.kind === 'refused') {
      return {
        kind: 'broke',
        summary: `${role} wrote files in a review`,
        remedy: 'Retry the review.',
        retriable: true,
      };
    }
    const { summary, escalation } = answer.report;
    return escalation === undefined
      ? toOutcome(attempt, answer.report, await judge(attempt, answer.report))
      : toEscalationOutcome(attempt.step.id, { summary, details: '', escalation });
  },
});

/** A file that was moved away is looked at too. */
async function findOwn({ world }: Reviewing, globs: readonly string[]): Promise<OwnFiles> {
  const isOwn = picomatch([...globs], { dot: true });
  const own = (await world.changedFiles()).filter(({ path, from = path }) => isOwn(path) || isOwn(from));
  return { globs, paths: [...new Set(own.flatMap(({ path, from = path }) => [path, from]))] };
}

/** The checklist, with what must hold here besides. */
function itemsOf({ options: { depth, criteria } }: Reviewing): readonly ChecklistItem[] {
  const own = criteria.map((text, index) => ({
    id: `criterion-${index + 1}`,
    group: 'must' as const,
    question: `Does this hold: ${text}`,
  }));
  return [...checklistOf(depth), ...own];
}

async function judge(attempt: Reviewing, report: ReviewReport) {
  const { run, world } = attempt;
  const passed = gatesOnHead(run).filter(({ verdict }) => verdict.kind === 'pass');
  return judgeReview(report, itemsOf(attempt), {
    passedGates: new Set(passed.map(({ gate }) => gate)),
    lineCounts: await readLineCounts(listEvidence(report.checklist), (path) => world.readFile(path)),
  });
}

function toOutcome(
  { step, options: { role } }: Reviewing,
  report: ReviewReport,
  judgement: ReviewJudgement,
): OutcomeInput {
  const { verdict, deferred } = report;
  const checklist: AnsweredChecklist = { step: step.id, verdict, items: [...judgement.items] };
  const checklists = [checklist];
  if (judgement.kind === 'unusable') {
    return {
      kind: 'broke',
      summary: `the review of ${role} does not count yet: ${judgement.faults.join('; ')}`,
      remedy: REMEDY,
      retriable: true,
      checklists,
    };
  }
  const findings = [...judgement.findings];
  if (judgement.kind === 'rejected') {
    return { kind: 'rejected', summary: toSummary(report), findings, checklists, deferred };
  }
  const details = report.verdict === 'approve' ? report.evidence.map((line) => `- ${line}`).join('\n') : '';
  return { kind: 'passed', summary: report.summary, details, findings, checklists, deferred };
}

const REMEDY =
  'Retry with guidance on the items that are named: each needs evidence that is there, as `path:line` or `gate:name`.';

function toSummary({ verdict, summary }: ReviewReport): string {
  return verdict === 'reject'
    ? summary
    : `The approval is contradicted by its own checklist. The reviewer says: ${summary}`;
}
