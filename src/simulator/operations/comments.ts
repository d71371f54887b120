import { mayWrite } from '../auth/require-access.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import type { Comment } from '../state/comment.ts';
import type { Issue } from '../state/issue.ts';
import { toNodeId } from '../state/node-id.ts';
import type { Repository } from '../state/repository.ts';
import { timestamp } from '../state/timestamp.ts';
import { emitIssueComment } from '../webhooks/emit-issue-comment.ts';
import { type Act, isViaApp } from './act.ts';
import { requireBodySize } from './limits.ts';

const MODERATE = { role: 'write', permissions: ['issues', 'pull_requests'] } as const;

/** @throws GitHubError 404 when there is no such comment. */
export function findComment(repository: Repository, id: string | undefined): Comment {
  const comment = repository.comments.get(Number(id));
  if (!comment) {
    throw notFound();
  }
  return comment;
}

/** Comments on an issue. @throws GitHubError 403 when it is locked for the actor. */
export function createComment(act: Act, issue: Issue, body: string): Comment {
  requireBodySize('IssueComment', body);
  if (issue.lock && !mayWrite(act.world, act.repository, { actor: act.actor, need: MODERATE })) {
    throw new GitHubError(403, 'Unable to create comment because issue is locked.');
  }
  const id = act.world.nextId();
  const now = timestamp();
  const comment: Comment = {
    id,
    nodeId: toNodeId('IC', id),
    issueNumber: issue.number,
    user: act.actor.account,
    viaApp: isViaApp(act),
    createdAt: now,
    reactions: [],
    body,
    updatedAt: now,
  };
  act.repository.comments.set(id, comment);
  issue.updatedAt = now;
  emitIssueComment(act, comment, { action: 'created' });
  return comment;
}

/** Rewrites a comment. @throws GitHubError 403 when it is someone else's and the actor may not moderate. */
export function updateComment(act: Act, comment: Comment, body: string): void {
  requireAuthorship(act, comment);
  requireBodySize('IssueComment', body);
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = timestamp();
  emitIssueComment(act, comment, { action: 'edited', from });
}

/** Removes a comment. @throws GitHubError 403 when it is someone else's and the actor may not moderate. */
export function deleteComment(act: Act, comment: Comment): void {
  requireAuthorship(act, comment);
  act.repository.comments.delete(comment.id);
  emitIssueComment(act, comment, { action: 'deleted' });
}

function requireAuthorship(act: Act, comment: Comment): void {
  const own = comment.user.id === act.actor.account.id;
  if (!own && !mayWrite(act.world, act.repository, { actor: act.actor, need: MODERATE })) {
    throw new GitHubError(403, 'Must have write rights to Repository.');
  }
}
