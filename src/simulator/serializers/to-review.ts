import { toAuthorAssociation } from '../auth/role-of.ts';
import type { PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import type { Review, ReviewComment } from '../state/review.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toIssueHtmlUrl } from './to-issue.ts';
import { toReactionRollup } from './to-reaction.ts';
import { toRepositoryUrl } from './to-repository.ts';
import { toSimpleUser } from './to-simple-user.ts';

/** A review of a pull request. */
export function toReview(world: World, repository: Repository, of: { issue: PullIssue; review: Review }) {
  const { issue, review } = of;
  const html = `${toIssueHtmlUrl(world, repository, issue)}#pullrequestreview-${review.id}`;
  const pull = `${toRepositoryUrl(world, repository)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: review.nodeId,
    user: toSimpleUser(world, review.user),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pull,
    _links: { html: { href: html }, pull_request: { href: pull } },
    submitted_at: review.submittedAt,
    commit_id: review.commitSha,
    author_association: toAuthorAssociation(world, repository, review.user),
  } satisfies Rest['pull-request-review'];
}

/** A comment on a line of a pull request. */
export function toReviewComment(
  world: World,
  repository: Repository,
  of: { issue: PullIssue; comment: ReviewComment },
) {
  const { issue, comment } = of;
  const api = toRepositoryUrl(world, repository);
  const url = `${api}/pulls/comments/${comment.id}`;
  const html = `${toIssueHtmlUrl(world, repository, issue)}#discussion_r${comment.id}`;
  const pull = `${api}/pulls/${issue.number}`;
  return {
    id: comment.id,
    node_id: comment.nodeId,
    url,
    html_url: html,
    pull_request_url: pull,
    pull_request_review_id: comment.reviewId,
    diff_hunk: comment.diffHunk,
    path: comment.path,
    position: comment.line ?? 1,
    original_position: comment.line ?? 1,
    commit_id: comment.commitSha,
    original_commit_id: comment.commitSha,
    ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
    user: toSimpleUser(world, comment.user),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: toAuthorAssociation(world, repository, comment.user),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pull } },
    start_line: comment.startLine,
    original_start_line: comment.startLine,
    start_side: comment.startLine === null ? null : comment.side,
    line: comment.line ?? 1,
    original_line: comment.line ?? 1,
    side: comment.side,
    subject_type: comment.line === null ? ('file' as const) : ('line' as const),
    reactions: toReactionRollup(url, []),
  } satisfies Rest['pull-request-review-comment'] & Rest['review-comment'];
}
