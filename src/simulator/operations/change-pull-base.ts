import { resolveCommit } from '../git/refs.ts';
import { invalid } from '../server/github-error.ts';
import type { PullIssue } from '../state/issue.ts';
import { timestamp } from '../state/timestamp.ts';
import type { Act } from './act.ts';

/** Points an open pull request at another base branch. @throws GitHubError 422 when there is no such branch. */
export async function changePullBase(act: Act, issue: PullIssue, base: string): Promise<void> {
  if (base === issue.pull.baseRef) {
    return;
  }
  const sha = await resolveCommit(act.repository.git, `refs/heads/${base}`);
  if (!sha || issue.state === 'closed') {
    throw invalid('PullRequest', 'base', { code: 'invalid' });
  }
  issue.pull.baseRef = base;
  issue.pull.baseSha = sha;
  issue.updatedAt = timestamp();
}
