import { isReview } from '../domain/is-review.ts';
import { isShownOpen } from '../domain/is-shown-open.ts';
import { legIndexOf } from '../domain/legs-of.ts';
import { listTasks } from '../domain/list-tasks.ts';
import { liveHistory, stepOf } from '../domain/progress.ts';
import { proposalOf } from '../domain/proposal-of.ts';
import type { BegunRun, StepRecord } from '../domain/run.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { acceptedAnyway } from './accepted-anyway.ts';
import { assemble, type Part } from './assemble.ts';
import { checklistTables, countAnswers } from './checklist-table.ts';
import { byteLength } from './clip.ts';
import { details } from './details.ts';
import { code } from './fence.ts';
import { figuresSection } from './figures.ts';
import { gatesTable } from './gates-table.ts';
import { handedOver } from './handed-over.ts';
import { inline } from './inline.ts';
import { openSections } from './open-sections.ts';
import { person } from './person.ts';
import { putOffList } from './put-off.ts';
import { quote } from './quote.ts';
import { rounds } from './rounds.ts';
import { sandboxWarning } from './run-facts.ts';
import { signedApprovals } from './security-blocks.ts';
import { leadingStepTitle } from './step-title.ts';
import { taskDetails } from './tasks.ts';
import { toTitle } from './to-title.ts';
import { usageOf, usageWords } from './usage-words.ts';
import { whatWasDone } from './what-was-done.ts';

const MAX_TITLE = 200;
const MAX_BYTES = 60_000;
const MAX_EVIDENCE_BYTES = 8000;

/** The pull request of a run: what was asked, what was done, and what it rests on. Independent of the run's later state. */
export function pullRequest(run: BegunRun): SurfaceInput {
  const { order, base } = run;
  const { issue, title } = proposalOf(run);
  const parts: Part[] = [
    `${issue === 'closed' ? 'Closes' : 'For'} #${order.subject.number}`,
    sandboxWarning(run),
    '## What was asked',
    `Issue #${order.subject.number}: ${inline(order.ticket.title, MAX_TITLE)}`,
    ...whatWasDone(run),
    ...judgement(run),
    ...figuresSection(run),
    ...openSections(run),
    ...acceptedAnyway(run),
    ...signedApprovals(run),
    ...putOff(run),
    rounds(run),
    ...taskDetails(run),
    ...handedOver(run, (step) => !isReview(step) && !isShownOpen(step) && !isOfTask(run, step.id)),
    provenance(run),
  ];
  return {
    kind: 'pull-request',
    key: 'pull-request',
    head: order.branch,
    base: base.ref.replace(/^refs\/heads\//, ''),
    // A squash merge copies it into a commit message.
    title: title.replace('{title}', () => toTitle(order.ticket.title) || `Issue ${order.subject.number}`),
    body: assemble(parts, MAX_BYTES),
  };
}

function putOff({ debts, unfiled }: BegunRun): string[] {
  return debts.length + unfiled.length === 0 ? [] : ['## Put off', putOffList(debts, unfiled)];
}

function judgement(run: BegunRun): Part[] {
  const gates = gatesTable(run);
  const reviews = newest(run).filter(({ step, head }) => head === run.head && isReview(stepOf(run, step)));
  return [
    ...(gates === '' ? [] : ['## Gates', gates]),
    ...(reviews.length === 0 ? [] : ['## Review', ...reviews.flatMap((record) => reviewParts(run, record))]),
  ];
}

function reviewParts(run: BegunRun, { step, outcome }: StepRecord): Part[] {
  return [
    `${leadingStepTitle(run, step)}: ${inline(outcome.summary, 500)}`,
    (maxBytes) => foldedChecklist(outcome, maxBytes),
    (maxBytes) =>
      outcome.kind === 'passed' ? quote(outcome.details, Math.min(maxBytes, MAX_EVIDENCE_BYTES)) : '',
  ];
}

/** Left out rather than cut: half a checklist says something else than a whole one. */
function foldedChecklist(outcome: StepRecord['outcome'], maxBytes: number): string {
  const checklists = 'checklists' in outcome ? (outcome.checklists ?? []) : [];
  if (checklists.length === 0) {
    return '';
  }
  const text = details(`Checklist: ${countAnswers(checklists)}`, checklistTables(checklists));
  return byteLength(text) > maxBytes ? '' : text;
}

function provenance(run: BegunRun): string {
  const { order } = run;
  return [
    '---',
    `Made by Baton at the request of ${person(order.requestedBy)}: workflow ${code(run.definition.workflow.name)}, run ${code(order.id)}, commit ${code(run.head)} on base ${code(run.base.sha)}.${used(run)}`,
    'Written by agents. Read it as you would read the work of somebody you do not know.',
  ].join('\n');
}

function used({ history }: BegunRun): string {
  const usage = usageOf(history);
  return usage === null ? '' : ` Used until now: ${usageWords(usage)}.`;
}

/** What a task handed over stands with it. */
function isOfTask(run: BegunRun, id: string): boolean {
  return listTasks(run).some(({ leg }) => leg === legIndexOf(run, id));
}

/** The last attempt of each step, in the order of the workflow. */
function newest(run: BegunRun): StepRecord[] {
  return run.definition.workflow.steps.flatMap(({ id }) => {
    const record = liveHistory(run).findLast(({ step }) => step === id);
    return record === undefined ? [] : [record];
  });
}
