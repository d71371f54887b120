import { resolveCommit } from '../git/refs.ts';
import { invalid } from '../server/github-error.ts';
import type { PullIssue } from '../state/issue.ts';
import { timestamp } from '../state/timestamp.ts';
import { emitPullRequest } from '../webhooks/emit-pull-request.ts';
import type { Act } from './act.ts';
import { findNothingToMerge, findTwin } from './pull-obstacles.ts';
import { ensureTestMerge } from './pull-refs.ts';

/**
 * Points an open pull request at another base branch.
 * @throws GitHubError 422 when there is no such branch, or nothing to merge into it.
 */
export async function changePullBase(act: Act, issue: PullIssue, base: string): Promise<void> {
  if (base === issue.pull.baseRef) {
    return;
  }
  const sha = await resolveCommit(act.repository.git, `refs/heads/${base}`);
  if (!sha || issue.state === 'closed') {
    throw invalid('PullRequest', 'base', { code: 'invalid' });
  }
  const wanted = { ...issue.pull, baseRef: base, baseSha: sha };
  const obstacle = findTwin(act.repository, wanted) ?? (await findNothingToMerge(act.repository, wanted));
  if (obstacle !== null) {
    throw invalid('PullRequest', 'base', { code: 'custom', message: obstacle });
  }
  const from = { ref: issue.pull.baseRef, sha: issue.pull.baseSha };
  issue.pull.baseRef = base;
  issue.pull.baseSha = sha;
  issue.updatedAt = timestamp();
  await ensureTestMerge(act.world, act.repository, issue);
  await emitPullRequest(act, issue, {
    action: 'edited',
    changes: { base: { ref: { from: from.ref }, sha: { from: from.sha } } },
  });
}
