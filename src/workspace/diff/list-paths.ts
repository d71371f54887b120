import type { Sha } from '../../domain/sha.ts';
import type { Git, GitCall } from '../git/run-git.ts';

/** The paths of all files of a commit, sorted by git. */
export async function listPaths(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  commit: Sha,
): Promise<readonly string[]> {
  const { stdout } = await git({
    ...mirror,
    args: ['ls-tree', '-r', '-z', '--full-tree', '--name-only', '--end-of-options', commit],
  });
  return stdout
    .toString()
    .split('\0')
    .filter((path) => path !== '');
}
