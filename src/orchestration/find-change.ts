import type { Answer } from '../domain/answer.ts';
import type { Change } from '../domain/change.ts';
import type { Ask, Intent } from '../domain/intent.ts';
import type { ReviewEvent } from '../domain/repository-settings.ts';
import type { Repository } from '../domain/subject.ts';
import { REVIEW_WORKFLOW } from '../domain/workflow.ts';
import type { CodeHost, LiveIssue } from '../ports/code-host.ts';

/** What finding out what is to be judged needs of the rest. */
export interface ChangeDesk {
  readonly codeHost: CodeHost;
  /** The events of pull requests that start a review in the repository, by its own settings. */
  readonly reviewEvents: (repository: Repository) => Promise<readonly ReviewEvent[]>;
}

type Start = Extract<Ask, { kind: 'start' }>;

/** What is to be judged; nothing on an issue; an answer when nothing may be judged. */
export type FoundChange =
  | { readonly kind: 'issue' }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'answer'; readonly answer: Answer };

/**
 * The commit that a start on a pull request is about. That of a fork is only ever one that somebody who may write has
 * named, or labelled: who opens or pushes to a pull request does not vouch for it.
 */
export async function findChange(
  intent: Intent,
  { ask, live }: { readonly ask: Start; readonly live: LiveIssue },
  desk: ChangeDesk,
): Promise<FoundChange> {
  if (!live.isPullRequest) {
    return ask.commit === undefined
      ? { kind: 'issue' }
      : ignored('A commit can be named on a pull request only; this is an issue.');
  }
  const { source } = intent;
  switch (source.kind) {
    case 'label':
      return await findByEvent(intent, 'labeled', desk);
    case 'pull-request':
      return await findByEvent(intent, source.what, desk);
    case 'team':
      return await findOwn(intent, source.head, desk);
    case 'comment':
    case 'button':
    case 'withdrawal':
      return await findByName(intent, ask, desk);
  }
}

/** The commit that the event itself tells of, if the repository wants a review of it. */
async function findByEvent(
  { change, source, subject }: Intent,
  event: ReviewEvent,
  { reviewEvents }: ChangeDesk,
): Promise<FoundChange> {
  if (change === undefined || (change.fork && source.kind === 'pull-request')) {
    return ignored('Nobody has vouched for this commit.');
  }
  const events = await reviewEvents(subject.repository);
  return events.includes(event)
    ? { kind: 'change', change }
    : ignored(`The settings of this repository do not have ${event} in reviews.on.`);
}

/** What the team has seen, while it is still that. Nobody vouches for a fork by having a team. */
async function findOwn(
  { subject }: Intent,
  head: string | undefined,
  { codeHost }: ChangeDesk,
): Promise<FoundChange> {
  const { change } = await codeHost.pullRequest(subject);
  return change.fork || change.headSha !== head
    ? ignored('The pull request is not what the team has seen.')
    : { kind: 'change', change };
}

/** The newest commit. Somebody may have pushed since the comment was written, so that of a fork has to be named. */
async function findByName(
  { subject }: Intent,
  { workflow, commit }: Start,
  { codeHost }: ChangeDesk,
): Promise<FoundChange> {
  const { change } = await codeHost.pullRequest(subject);
  const { fork, headSha: head } = change;
  if (commit === undefined ? !fork : head.startsWith(commit)) {
    return { kind: 'change', change };
  }
  const answer = {
    kind: 'unvouched',
    workflow: workflow ?? REVIEW_WORKFLOW,
    head,
    named: commit ?? null,
  } as const;
  return { kind: 'answer', answer };
}

function ignored(why: string): FoundChange {
  return { kind: 'answer', answer: { kind: 'ignored', why } };
}
