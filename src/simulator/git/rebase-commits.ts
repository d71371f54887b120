import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Signature } from './commit.ts';
import type { GitStore } from './git-store.ts';
import { GitFailed, runGit } from './run-git.ts';

/** Replays the commits of `head` on `base` and returns the new tip, or null when one conflicts. */
export async function rebaseCommits(
  git: GitStore,
  range: { base: string; head: string },
  committer: Signature,
): Promise<string | null> {
  const worktree = join(tmpdir(), `simulator-rebase-${randomUUID()}`);
  await git.run(['worktree', 'add', '--quiet', '--detach', worktree, range.head]);
  try {
    const environment = { GIT_COMMITTER_NAME: committer.name, GIT_COMMITTER_EMAIL: committer.email };
    const at = [`--work-tree=${worktree}`, '-C', worktree];
    const gitDirectory = join(worktree, '.git');
    await runGit(gitDirectory, [...at, 'rebase', '--quiet', '--no-ff', range.base], { environment });
    return (await runGit(gitDirectory, [...at, 'rev-parse', 'HEAD'])).toString().trim();
  } catch (error) {
    if (error instanceof GitFailed) {
      return null;
    }
    throw error;
  } finally {
    await rm(worktree, { recursive: true, force: true });
    await git.run(['worktree', 'prune']);
  }
}
