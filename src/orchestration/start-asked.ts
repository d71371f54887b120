import type { Answer } from '../domain/answer.ts';
import type { Change } from '../domain/change.ts';
import { type Ask, type Intent, pageOf } from '../domain/intent.ts';
import { atPage, toSubjectKey } from '../domain/subject.ts';
import type { Ticket } from '../domain/ticket.ts';
import { REVIEW_WORKFLOW } from '../domain/workflow.ts';
import type { Runs } from '../ports/runs.ts';
import { type ChangeDesk, findChange } from './find-change.ts';
import { type Starting, startRun } from './start-run.ts';

type Start = Extract<Ask, { kind: 'start' }>;

/** Starts what was asked for, on what is there now. */
export async function startAsked(asked: Intent, ask: Start, desk: Starting & ChangeDesk): Promise<Answer> {
  const intent = toMeant(asked, ask);
  const live = await desk.codeHost.issue(intent.subject);
  if (live.state === 'closed') {
    return { kind: 'closed' };
  }
  if (intent.source.kind === 'label' && !live.labels.includes(intent.source.label)) {
    return { kind: 'ignored', why: `The label ${intent.source.label} is no longer there.` };
  }
  const ticket = await findTicket(intent, desk);
  if (ticket === null) {
    return { kind: 'ignored', why: `Ask for it on the page of issue #${intent.subject.number} itself.` };
  }
  const found = await findChange(intent, { ask, live }, desk);
  switch (found.kind) {
    case 'answer':
      return found.answer;
    case 'issue':
      await startRun({ ...intent, ticket }, ask.workflow, desk);
      return { kind: 'accepted' };
    case 'change':
      await startReview({ ...intent, ticket, change: found.change }, ask, desk);
      return { kind: 'accepted' };
  }
}

/** On the page of a run's pull request a review means that, and anything else the issue it was made for. */
function toMeant(intent: Intent, { workflow, commit }: Start): Intent {
  const { source, subject } = intent;
  const isReview = workflow === REVIEW_WORKFLOW || commit !== undefined;
  if (!isReview || source.kind !== 'comment' || source.page === undefined) {
    return intent;
  }
  const { page, ...here } = source;
  return { ...intent, subject: atPage(subject, page), source: here };
}

/** A pull request that is opened with its label is told twice; one review of a commit at a time is enough. */
async function startReview(
  intent: Intent & { readonly change: Change },
  ask: Start,
  desk: Starting,
): Promise<void> {
  const workflow = ask.workflow ?? REVIEW_WORKFLOW;
  const { headSha } = intent.change;
  if (!(await desk.runs.isJudging(toSubjectKey(intent.subject), { workflow, headSha }))) {
    await startRun(intent, workflow, desk);
  }
}

/** What is to be done. A comment on a pull request comes with that one's text; the issue's is in the run that made it. */
async function findTicket(intent: Intent, { runs }: { readonly runs: Runs }): Promise<Ticket | null> {
  if (pageOf(intent) === undefined) {
    return intent.ticket;
  }
  return (await runs.latest(toSubjectKey(intent.subject)))?.order.ticket ?? null;
}
