import { importCommit } from '../git/import-commit.ts';
import { deleteRef, PULL_REFS, putRef } from '../git/refs.ts';
import { writeCommit } from '../git/write-commit.ts';
import type { PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { readPullFacts } from './pull-facts.ts';
import { toSignature } from './signature.ts';

/** Brings a commit of another repository of the network here. */
export async function bringCommit(repository: Repository, from: Repository, sha: string): Promise<void> {
  if (from !== repository) {
    await importCommit(repository.git, from.git, sha);
  }
}

/** Sets the head of a pull request, and `refs/pull/N/head` in the base repository with it. */
export async function setPullHead(repository: Repository, issue: PullIssue, sha: string): Promise<void> {
  await putRef(repository.git, `${PULL_REFS}${issue.number}/head`, sha);
  issue.pull.headSha = sha;
}

/**
 * Makes `refs/pull/N/merge` what merging the pull request would give now; a conflict leaves none. GitHub does this
 * too when the head moves or somebody asks, and not each time the base moves.
 */
export async function ensureTestMerge(world: World, repository: Repository, issue: PullIssue): Promise<void> {
  const { baseSha, headSha, testMerge } = issue.pull;
  const isFresh = testMerge?.baseSha === baseSha && testMerge.headSha === headSha;
  if (isFresh || issue.state === 'closed') {
    return;
  }
  const ref = `${PULL_REFS}${issue.number}/merge`;
  const { mergedTree } = await readPullFacts(repository.git, baseSha, headSha);
  if (mergedTree === null) {
    issue.pull.testMerge = null;
    await deleteRef(repository.git, ref);
    return;
  }
  const author = toSignature(issue.user);
  const commitSha = await writeCommit(repository.git, {
    tree: mergedTree,
    parents: [baseSha, headSha],
    message: `Merge ${headSha} into ${baseSha}`,
    author,
    committer: { ...toSignature(world.app.owner), name: 'GitHub', email: 'noreply@github.com' },
  });
  issue.pull.testMerge = { baseSha, headSha, commitSha };
  await putRef(repository.git, ref, commitSha);
}
