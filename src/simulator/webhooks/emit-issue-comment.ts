import type { Act } from '../operations/act.ts';
import type { Webhooks, WithIssue } from '../serializers/schemas.ts';
import { toComment } from '../serializers/to-comment.ts';
import { toWebhookIssue } from '../serializers/to-webhook-issue.ts';
import type { Comment } from '../state/comment.ts';
import { emit, isListening } from './emit.ts';
import { toEnvelope } from './to-envelope.ts';

export type CommentChange =
  | { readonly action: 'created' | 'deleted' }
  | { readonly action: 'edited'; readonly from: string };

type CommentPayload = WithIssue<
  | Webhooks['webhook-issue-comment-created']
  | Webhooks['webhook-issue-comment-edited']
  | Webhooks['webhook-issue-comment-deleted']
>;

/** Tells the App of a comment. */
export function emitIssueComment(act: Act, comment: Comment, change: CommentChange): void {
  const issue = act.repository.issues.get(comment.issueNumber);
  if (!issue || !isListening(act.world, 'issue_comment', act.repository)) {
    return;
  }
  const base = {
    issue: toWebhookIssue(act.world, act.repository, issue),
    comment: toComment(act.world, act.repository, comment),
    ...toEnvelope(act.world, act.repository, act.actor.account),
  };
  const payload: CommentPayload =
    change.action === 'edited'
      ? { ...base, action: 'edited', changes: { body: { from: change.from } } }
      : { ...base, action: change.action };
  emit(act.world, { event: 'issue_comment', repository: act.repository, payload });
}
