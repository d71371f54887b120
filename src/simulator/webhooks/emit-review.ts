import type { Act } from '../operations/act.ts';
import type { Webhooks } from '../serializers/schemas.ts';
import { toPullRequest } from '../serializers/to-pull-request.ts';
import { toReview, toReviewComment } from '../serializers/to-review.ts';
import type { PullIssue } from '../state/issue.ts';
import type { Review, ReviewComment } from '../state/review.ts';
import { emit, isListening } from './emit.ts';
import { toEnvelope } from './to-envelope.ts';

/** Tells the App of a review; one still pending is nobody's business. */
export async function emitReview(act: Act, issue: PullIssue, review: Review): Promise<void> {
  const { world, repository } = act;
  if (review.state === 'PENDING' || !isListening(world, 'pull_request_review', repository)) {
    return;
  }
  const shown = toReview(world, repository, { issue, review });
  const payload: Webhooks['webhook-pull-request-review-submitted'] = {
    action: 'submitted',
    // Payloads write states in lower case, the API in upper case.
    review: { ...shown, commit_id: review.commitSha, state: review.state.toLowerCase() },
    pull_request: await toPullRequest(world, repository, issue),
    ...toEnvelope(world, repository, act.actor.account),
  };
  emit(world, { event: 'pull_request_review', repository, payload });
}

/** Tells the App of a comment on a line. */
export async function emitReviewComment(act: Act, issue: PullIssue, comment: ReviewComment): Promise<void> {
  const { world, repository } = act;
  if (!isListening(world, 'pull_request_review_comment', repository)) {
    return;
  }
  const payload: Webhooks['webhook-pull-request-review-comment-created'] = {
    action: 'created',
    comment: toReviewComment(world, repository, { issue, comment }),
    pull_request: await toPullRequest(world, repository, issue),
    ...toEnvelope(world, repository, act.actor.account),
  };
  emit(world, { event: 'pull_request_review_comment', repository, payload });
}
