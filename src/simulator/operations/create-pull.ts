import { mayWrite } from '../auth/require-access.ts';
import { resolveCommit } from '../git/refs.ts';
import { invalid } from '../server/github-error.ts';
import { isPull, type PullIssue } from '../state/issue.ts';
import { toNodeId } from '../state/node-id.ts';
import type { Repository } from '../state/repository.ts';
import { emitPullRequest } from '../webhooks/emit-pull-request.ts';
import type { Act } from './act.ts';
import { countCharacters } from './count-characters.ts';
import { addIssue } from './create-issue.ts';
import { findHeadRepository, type WantedHead } from './find-head-repository.ts';
import { MAX_PULL_BODY_LENGTH, requireTitle } from './limits.ts';
import { findNothingToMerge, findTwin, type PullSides } from './pull-obstacles.ts';
import { bringCommit, ensureTestMerge, setPullHead } from './pull-refs.ts';

export type NewPull = WantedHead & {
  readonly title: string;
  readonly body: string | null;
  readonly base: string;
  readonly draft: boolean;
  /** Whether who may write to the base may also push to the head; GitHub's default for a fork is yes. */
  readonly maintainerCanModify: boolean | null;
};

/** Opens a pull request, from a branch of the repository or of its network. @throws GitHubError 422 as GitHub does. */
export function createPull(act: Act, wanted: NewPull): Promise<PullIssue> {
  requireTexts(wanted);
  return act.repository.git.exclusively(async () => {
    const head = findHeadRepository(act, wanted);
    const sides = await readSides(act, head, wanted.base);
    const maintainerCanModify = toMaintainerRight(act, head.repository, wanted.maintainerCanModify);
    await requireDifference(act.repository, sides);
    const issue = addPull(act, wanted, { ...sides, maintainerCanModify });
    await setPullHead(act.repository, issue, sides.headSha);
    await ensureTestMerge(act.world, act.repository, issue);
    await emitPullRequest(act, issue, { action: 'opened' });
    return issue;
  });
}

function requireTexts(wanted: NewPull): void {
  requireTitle('PullRequest', wanted.title);
  if (countCharacters(wanted.body ?? '') > MAX_PULL_BODY_LENGTH) {
    const message = `body is too long (maximum is ${MAX_PULL_BODY_LENGTH} characters)`;
    throw invalid('PullRequest', 'body', { code: 'custom', message });
  }
}

async function readSides(
  act: Act,
  head: { repository: Repository; ref: string },
  baseRef: string,
): Promise<PullSides> {
  const [headSha, baseSha] = await Promise.all([
    requireBranch(head.repository, 'head', head.ref),
    requireBranch(act.repository, 'base', baseRef),
  ]);
  await bringCommit(act.repository, head.repository, headSha);
  const { id: headRepositoryId, owner: headOwner } = head.repository;
  return { headRepositoryId, headOwner, headRef: head.ref, headSha, baseRef, baseSha };
}

async function requireBranch(
  repository: Repository,
  field: 'head' | 'base',
  branch: string,
): Promise<string> {
  const sha = await resolveCommit(repository.git, `refs/heads/${branch}`);
  if (!sha) {
    throw invalid('PullRequest', field, { code: 'invalid' });
  }
  return sha;
}

// Only who may write to a fork can let others write to it.
function toMaintainerRight(act: Act, head: Repository, wanted: boolean | null): boolean {
  if (head === act.repository || wanted === false) {
    return false;
  }
  const need = { role: 'write', permissions: ['contents'] } as const;
  if (!mayWrite(act.world, head, { actor: act.actor, need })) {
    const message = "fork_collab Fork collab can't be granted by someone without permission";
    throw invalid('PullRequest', 'fork_collab', { code: 'custom', message });
  }
  return true;
}

async function requireDifference(repository: Repository, sides: PullSides): Promise<void> {
  const obstacle = findTwin(repository, sides) ?? (await findNothingToMerge(repository, sides));
  if (obstacle !== null) {
    throw invalid('PullRequest', 'base', { code: 'custom', message: obstacle });
  }
}

function addPull(act: Act, wanted: NewPull, sides: PullSides & { maintainerCanModify: boolean }): PullIssue {
  const id = act.world.nextId();
  const issue = addIssue(act, {
    title: wanted.title,
    body: wanted.body,
    pull: {
      ...sides,
      id,
      nodeId: toNodeId('PR', id),
      requestedReviewers: [],
      draft: wanted.draft,
      merge: null,
      testMerge: null,
      autoMerge: null,
    },
  });
  if (!isPull(issue)) {
    throw new Error('A pull request was added without its branches.');
  }
  return issue;
}
