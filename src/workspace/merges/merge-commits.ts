import type { Conflict } from '../../domain/conflict.ts';
import { toHunks } from '../../domain/conflict.ts';
import type { Sha } from '../../domain/sha.ts';
import type { Merged, Seal } from '../../ports/workspace.ts';
import { readBlob } from '../diff/read-blob.ts';
import type { Git } from '../git/run-git.ts';
import { toFullName } from '../remote/remote.ts';
import { commitTree, type Identity } from '../trees/commit-tree.ts';

/** Conflicting files that are told of. */
const MAX_CONFLICTS = 50;

/** Exit code of `git merge-tree` when there is a conflict. */
const CONFLICT = 1;

interface Place {
  readonly gitDir: string;
  readonly identity: Identity;
}

/** Merges `commit` into `onto` with git's own merge, in no tree. No driver, filter or hook of the repository has a say. */
export async function mergeCommits(
  git: Git,
  { gitDir, identity }: Place,
  { onto, commit, seal }: { readonly onto: Sha; readonly commit: Sha; readonly seal: Seal },
): Promise<Merged> {
  const mirror = { gitDir, repository: toFullName(seal.repository) };
  const { stdout, code } = await git({
    ...mirror,
    args: [
      'merge-tree',
      '--write-tree',
      '-z',
      '--name-only',
      '--no-messages',
      '--end-of-options',
      onto,
      commit,
    ],
    answers: [CONFLICT],
  });
  const [treeId = '', ...paths] = stdout.toString().split('\0');
  const merged = await commitTree(git, { mirror, identity }, { ...seal, treeId, parents: [onto, commit] });
  const names = [...new Set(paths.filter((path) => path !== ''))];
  const conflicts = await Promise.all(
    names.slice(0, MAX_CONFLICTS).map(async (path): Promise<Conflict> => {
      const bytes = await readBlob(git, mirror, { commit: merged, path });
      return { path, hunks: bytes === null ? [] : toHunks(Buffer.from(bytes).toString()) };
    }),
  );
  const [first, ...rest] = conflicts;
  if (code === CONFLICT && first === undefined) {
    throw new Error(
      `git found a conflict between ${onto} and ${commit} of ${mirror.repository} and named no file. Retry; if it happens again, merge them by hand.`,
    );
  }
  return code === CONFLICT && first !== undefined
    ? { kind: 'conflict', commit: merged, conflicts: [first, ...rest] }
    : { kind: 'merged', commit: merged };
}
