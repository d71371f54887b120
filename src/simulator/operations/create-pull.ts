import { resolveCommit } from '../git/refs.ts';
import { GitHubError, invalid } from '../server/github-error.ts';
import type { PullIssue } from '../state/issue.ts';
import { isPull } from '../state/issue.ts';
import { listOpenPulls } from '../state/list-open-pulls.ts';
import { toNodeId } from '../state/node-id.ts';
import { emitPullRequest } from '../webhooks/emit-pull-request.ts';
import type { Act } from './act.ts';
import { countCharacters } from './count-characters.ts';
import { addIssue } from './create-issue.ts';
import { MAX_PULL_BODY_LENGTH, requireTitle } from './limits.ts';
import { readPullFacts } from './pull-facts.ts';

export type NewPull = {
  readonly title: string;
  readonly body: string | null;
  /** `branch` or `owner:branch`. */
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
  readonly maintainerCanModify: boolean;
};

/** Opens a pull request between two branches of the repository. @throws GitHubError 422 as GitHub does. */
export async function createPull(act: Act, wanted: NewPull): Promise<PullIssue> {
  requireTitle('PullRequest', wanted.title);
  if (countCharacters(wanted.body ?? '') > MAX_PULL_BODY_LENGTH) {
    const message = `body is too long (maximum is ${MAX_PULL_BODY_LENGTH} characters)`;
    throw invalid('PullRequest', 'body', { code: 'custom', message });
  }
  const headRef = toOwnBranch(act, wanted.head);
  const [headSha, baseSha] = await Promise.all([
    requireBranch(act, 'head', headRef),
    requireBranch(act, 'base', wanted.base),
  ]);
  await requireDifference(act, { headRef, headSha, baseRef: wanted.base, baseSha });
  const id = act.world.nextId();
  const issue = addIssue(act, {
    title: wanted.title,
    body: wanted.body,
    pull: {
      id,
      nodeId: toNodeId('PR', id),
      headRef,
      requestedReviewers: [],
      baseRef: wanted.base,
      headSha,
      baseSha,
      draft: wanted.draft,
      merge: null,
      autoMerge: null,
      maintainerCanModify: wanted.maintainerCanModify,
    },
  });
  if (!isPull(issue)) {
    throw new Error('A pull request was added without its branches.');
  }
  await emitPullRequest(act, issue, { action: 'opened' });
  return issue;
}

function toOwnBranch(act: Act, head: string): string {
  const [owner, ...branch] = head.split(':');
  if (branch.length === 0) {
    return head;
  }
  if (owner?.toLowerCase() !== act.repository.owner.login.toLowerCase()) {
    throw invalid('PullRequest', 'head', { code: 'invalid' });
  }
  return branch.join(':');
}

async function requireBranch(act: Act, field: 'head' | 'base', branch: string): Promise<string> {
  const sha = await resolveCommit(act.repository.git, `refs/heads/${branch}`);
  if (!sha) {
    throw invalid('PullRequest', field, { code: 'invalid' });
  }
  return sha;
}

async function requireDifference(
  act: Act,
  sides: { headRef: string; headSha: string; baseRef: string; baseSha: string },
): Promise<void> {
  const twin = listOpenPulls(act.repository).some(
    ({ pull }) => pull.headRef === sides.headRef && pull.baseRef === sides.baseRef,
  );
  const label = `${act.repository.owner.login}:${sides.headRef}`;
  if (twin) {
    throw new GitHubError(422, 'Validation Failed', [
      {
        resource: 'PullRequest',
        field: 'base',
        code: 'custom',
        message: `A pull request already exists for ${label}.`,
      },
    ]);
  }
  const facts = await readPullFacts(act.repository.git, sides.baseSha, sides.headSha);
  if (facts.mergeBase === null || facts.commits === 0) {
    const message =
      facts.mergeBase === null
        ? `The ${sides.headRef} branch has no history in common with ${sides.baseRef}`
        : `No commits between ${sides.baseRef} and ${sides.headRef}`;
    throw invalid('PullRequest', 'base', { code: 'custom', message });
  }
}
