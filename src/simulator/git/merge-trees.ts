import type { GitStore } from './git-store.ts';
import { GitFailed } from './run-git.ts';

/** The tree of merging two commits, or null when they conflict. */
export async function mergeTrees(git: GitStore, base: string, head: string): Promise<string | null> {
  try {
    return (await git.run(['merge-tree', '--write-tree', base, head])).toString().trim();
  } catch (error) {
    if (error instanceof GitFailed && error.exitCode === 1) {
      return null;
    }
    throw error;
  }
}
