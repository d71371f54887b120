import { type Issue, isPull, type PullIssue, type StateReason } from '../state/issue.ts';
import { timestamp } from '../state/timestamp.ts';
import { emitIssueChange } from '../webhooks/emit-issues.ts';
import type { Act } from './act.ts';
import { findAssignees } from './create-issue.ts';
import { noteIssueEvent } from './issue-event.ts';
import { replaceLabels } from './labels.ts';
import { isBodyTooLong, requireTitle } from './limits.ts';
import { ensureTestMerge } from './pull-refs.ts';
import { catchUpPull } from './reopen-pull.ts';

export type IssueUpdate = {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly state?: 'open' | 'closed' | undefined;
  readonly stateReason?: StateReason | null | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly assignees?: readonly string[] | undefined;
};

/** Changes an issue or the issue part of a pull request. */
export async function updateIssue(act: Act, issue: Issue, update: IssueUpdate): Promise<void> {
  await editTexts(act, issue, update);
  if (update.labels) {
    await replaceLabels(act, issue, update.labels);
  }
  if (update.assignees) {
    await replaceAssignees(act, issue, update.assignees);
  }
  if (update.state === 'closed' && issue.state === 'open') {
    await closeIssue(act, issue, { reason: update.stateReason ?? 'completed', commitId: null });
  }
  if (update.state === 'open' && issue.state === 'closed') {
    await reopenIssue(act, issue);
  }
}

/** Closes an open issue or pull request. */
export async function closeIssue(
  act: Act,
  issue: Issue,
  how: { reason: StateReason; commitId: string | null },
): Promise<void> {
  issue.state = 'closed';
  issue.stateReason = issue.pull ? null : how.reason;
  issue.closedAt = timestamp();
  issue.closedBy = act.actor.account;
  noteIssueEvent(act, issue, { event: 'closed', commitId: how.commitId });
  await emitIssueChange(act, issue, { action: 'closed' });
}

async function reopenIssue(act: Act, issue: Issue): Promise<void> {
  if (isPull(issue)) {
    // Between two pushes, so that none is missed.
    await act.repository.git.exclusively(() => reopenPull(act, issue));
    return;
  }
  markReopened(act, issue);
  await emitIssueChange(act, issue, { action: 'reopened' });
}

async function reopenPull(act: Act, issue: PullIssue): Promise<void> {
  await catchUpPull(act, issue);
  markReopened(act, issue);
  await ensureTestMerge(act.world, act.repository, issue);
  await emitIssueChange(act, issue, { action: 'reopened' });
}

function markReopened(act: Act, issue: Issue): void {
  issue.state = 'open';
  issue.stateReason = issue.pull ? null : 'reopened';
  issue.closedAt = null;
  issue.closedBy = null;
  noteIssueEvent(act, issue, { event: 'reopened' });
}

async function editTexts(act: Act, issue: Issue, update: IssueUpdate): Promise<void> {
  const changes: { title?: { from: string }; body?: { from: string } } = {};
  if (update.title !== undefined && update.title !== issue.title) {
    requireTitle('Issue', update.title);
    changes.title = { from: issue.title };
    noteIssueEvent(act, issue, { event: 'renamed', from: issue.title, to: update.title });
    issue.title = update.title;
  }
  // GitHub answers 200 to a body above its limit and keeps the old one.
  if (update.body !== undefined && update.body !== issue.body && !isBodyTooLong(update.body)) {
    changes.body = { from: issue.body ?? '' };
    issue.body = update.body;
    issue.updatedAt = timestamp();
  }
  if (changes.title || changes.body) {
    await emitIssueChange(act, issue, { action: 'edited', changes });
  }
}

async function replaceAssignees(act: Act, issue: Issue, logins: readonly string[]): Promise<void> {
  const wanted = findAssignees(act, logins);
  for (const assignee of issue.assignees.filter((one) => !wanted.includes(one))) {
    await removeAssignee(act, issue, assignee);
  }
  await addAssignees(act, issue, logins);
}

/** Assigns people who are not assigned yet. */
export async function addAssignees(act: Act, issue: Issue, logins: readonly string[]): Promise<void> {
  for (const assignee of findAssignees(act, logins)) {
    if (!issue.assignees.includes(assignee)) {
      issue.assignees.push(assignee);
      noteIssueEvent(act, issue, { event: 'assigned', assignee });
      await emitIssueChange(act, issue, { action: 'assigned', assignee });
    }
  }
}

/** Takes an assignee off. */
export async function removeAssignee(
  act: Act,
  issue: Issue,
  assignee: Issue['assignees'][number],
): Promise<void> {
  issue.assignees.splice(issue.assignees.indexOf(assignee), 1);
  noteIssueEvent(act, issue, { event: 'unassigned', assignee });
  await emitIssueChange(act, issue, { action: 'unassigned', assignee });
}
