import { readChangedFiles } from '../git/changed-files.ts';
import { GitHubError, invalid } from '../server/github-error.ts';
import type { PullIssue } from '../state/issue.ts';
import { toNodeId } from '../state/node-id.ts';
import type { Review, ReviewComment, ReviewState } from '../state/review.ts';
import { timestamp } from '../state/timestamp.ts';
import { emitReview, emitReviewComment } from '../webhooks/emit-review.ts';
import type { Act } from './act.ts';
import { requireBodySize } from './limits.ts';
import { readPullFacts } from './pull-facts.ts';

export type NewReviewComment = {
  readonly path: string;
  readonly body: string;
  readonly line: number | null;
  readonly startLine: number | null;
  readonly side: 'LEFT' | 'RIGHT';
  readonly inReplyTo: number | null;
};

export type NewReview = {
  readonly body: string;
  readonly state: ReviewState;
  readonly commitSha: string | null;
  readonly comments: readonly NewReviewComment[];
};

/** Reviews a pull request. @throws GitHubError 422 as GitHub does, e.g. for approving one's own. */
export async function createReview(act: Act, issue: PullIssue, wanted: NewReview): Promise<Review> {
  requireVerdict(act, issue, wanted);
  const hunks = await Promise.all(wanted.comments.map((comment) => requireHunk(act, issue, comment)));
  const id = act.world.nextId();
  const review: Review = {
    id,
    nodeId: toNodeId('PRR', id),
    pullNumber: issue.number,
    user: act.actor.account,
    commitSha: wanted.commitSha ?? issue.pull.headSha,
    submittedAt: timestamp(),
    body: wanted.body,
    state: wanted.state,
  };
  act.repository.reviews.set(id, review);
  await emitReview(act, issue, review);
  for (const [index, comment] of wanted.comments.entries()) {
    await addComment(act, issue, { comment, reviewId: id, hunk: hunks[index] ?? '' });
  }
  return review;
}

function requireVerdict(act: Act, issue: PullIssue, wanted: NewReview): void {
  requireBodySize('PullRequestReview', wanted.body);
  const decides = wanted.state === 'APPROVED' || wanted.state === 'CHANGES_REQUESTED';
  if (decides && issue.user.id === act.actor.account.id) {
    const verb = wanted.state === 'APPROVED' ? 'approve' : 'request changes on';
    throw new GitHubError(422, `Review Can not ${verb} your own pull request`);
  }
  const needsText = wanted.state === 'COMMENTED' || wanted.state === 'CHANGES_REQUESTED';
  if (needsText && wanted.body === '' && wanted.comments.length === 0) {
    throw new GitHubError(422, 'Unprocessable Entity: body is needed for this event');
  }
}

/** Comments on one line of a pull request. @throws GitHubError 422 for a file that is not in it. */
export async function createReviewComment(
  act: Act,
  issue: PullIssue,
  comment: NewReviewComment,
): Promise<ReviewComment> {
  requireBodySize('PullRequestReviewComment', comment.body);
  const hunk = await requireHunk(act, issue, comment);
  return addComment(act, issue, { comment, reviewId: null, hunk });
}

async function addComment(
  act: Act,
  issue: PullIssue,
  of: { comment: NewReviewComment; reviewId: number | null; hunk: string },
): Promise<ReviewComment> {
  const id = act.world.nextId();
  const now = timestamp();
  const added: ReviewComment = {
    ...of.comment,
    id,
    nodeId: toNodeId('PRRC', id),
    pullNumber: issue.number,
    reviewId: of.reviewId,
    user: act.actor.account,
    commitSha: issue.pull.headSha,
    diffHunk: of.hunk,
    createdAt: now,
    updatedAt: now,
  };
  act.repository.reviewComments.set(id, added);
  await emitReviewComment(act, issue, added);
  return added;
}

async function requireHunk(act: Act, issue: PullIssue, comment: NewReviewComment): Promise<string> {
  const { git } = act.repository;
  const { mergeBase } = await readPullFacts(git, issue.pull.baseSha, issue.pull.headSha);
  const files = await readChangedFiles(git, mergeBase, issue.pull.headSha);
  const file = files.find((one) => one.path === comment.path);
  if (!file) {
    throw invalid('PullRequestReviewComment', 'path', {
      code: 'invalid',
      message: 'Path could not be resolved',
    });
  }
  return file.patch?.split('\n').slice(0, 4).join('\n') ?? '';
}
