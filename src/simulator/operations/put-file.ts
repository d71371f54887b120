import { moveRef, resolveCommit, ZERO_SHA } from '../git/refs.ts';
import { writeCommit } from '../git/write-commit.ts';
import { type TreeChange, writeBlob, writeTree } from '../git/write-tree.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import type { Act } from './act.ts';
import { changeRefs } from './announce-refs.ts';
import { toSignature } from './signature.ts';
import { requireWorkflowPath } from './workflow-right.ts';

type Person = { readonly name: string; readonly email: string };

export type FileChange = {
  readonly path: string;
  readonly message: string;
  readonly branch?: string | undefined;
  readonly author?: Person | undefined;
  readonly committer?: Person | undefined;
  /** The blob which is replaced; null for a new file. */
  readonly replaces: string | null;
};

/** Writes one file as a commit on a branch. @throws GitHubError 409 or 422 when `replaces` is not what is there. */
export async function putFile(
  act: Act,
  change: FileChange & { readonly content: Buffer },
): Promise<{ commitSha: string; branch: string; isNew: boolean }> {
  requireWorkflowPath(act, change.path);
  const branch = change.branch ?? act.repository.defaultBranch;
  return changeRefs(act, async () => {
    const { tip, blob } = await readPresent(act, branch, change.path);
    requireExpectedBlob(change, blob);
    const sha = await writeBlob(act.repository.git, change.content);
    const commitSha = await commitChange(act, {
      branch,
      tip,
      change,
      entry: { path: change.path, mode: '100644', sha },
    });
    return { commitSha, branch, isNew: blob === null };
  });
}

/** Removes one file as a commit on a branch. @throws GitHubError 404, 409 or 422. */
export async function deleteFile(act: Act, change: FileChange): Promise<string> {
  requireWorkflowPath(act, change.path);
  const branch = change.branch ?? act.repository.defaultBranch;
  return changeRefs(act, async () => {
    const { tip, blob } = await readPresent(act, branch, change.path);
    if (blob === null) {
      throw notFound();
    }
    requireExpectedBlob(change, blob);
    return commitChange(act, {
      branch,
      tip,
      change,
      entry: { path: change.path, mode: '100644', sha: null },
    });
  });
}

async function readPresent(act: Act, branch: string, path: string) {
  const { git, defaultBranch } = act.repository;
  const tip = await resolveCommit(git, `refs/heads/${branch}`);
  if (!tip && branch !== defaultBranch) {
    throw new GitHubError(404, `Branch ${branch} not found`);
  }
  const object = tip ? await git.objects.read(`${tip}:${path}`) : null;
  return { tip, blob: object?.type === 'blob' ? object.sha : null };
}

function requireExpectedBlob(change: FileChange, blob: string | null): void {
  if (blob !== null && change.replaces === null) {
    throw new GitHubError(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  }
  if (change.replaces !== null && change.replaces !== blob) {
    throw new GitHubError(409, `${change.path} does not match ${change.replaces}`);
  }
}

async function commitChange(
  act: Act,
  at: { branch: string; tip: string | null; change: FileChange; entry: TreeChange },
): Promise<string> {
  const { git } = act.repository;
  const own = toSignature(act.actor.account);
  const author = { ...own, ...at.change.author };
  const commitSha = await writeCommit(git, {
    tree: await writeTree(git, at.tip, [at.entry]),
    parents: at.tip ? [at.tip] : [],
    message: at.change.message,
    author,
    committer: { ...author, ...at.change.committer },
  });
  if (!(await moveRef(git, `refs/heads/${at.branch}`, { from: at.tip ?? ZERO_SHA, to: commitSha }))) {
    throw new GitHubError(409, `${at.branch} was moved meanwhile`);
  }
  return commitSha;
}
