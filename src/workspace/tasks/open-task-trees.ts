import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskTrees } from '../../ports/task-trees.ts';
import { findGit } from '../git/find-git.ts';
import { createGit } from '../git/run-git.ts';
import { openProcessHome } from '../process-home.ts';
import { admitRepository } from './admit-repository.ts';
import { awaitOrphans, toOwnerMark } from './await-orphans.ts';
import { ensureWorktree, removeMergedBranch, removeWorktree } from './linked-worktrees.ts';
import { toRevision } from './read-branch.ts';
import { readTaskText } from './read-text.ts';
import { askRepository, callRepository } from './repository-call.ts';
import { hasChanges, resetPlace } from './reset-place.ts';
import { sealPlace } from './seal-place.ts';

export interface TaskTreesOptions {
  /** Where worktrees lie, and what is in the making. */
  readonly home: string;
  /** Below which directories repositories may be worked on, besides `repositories` in the home. */
  readonly roots: readonly string[];
}

const TIMEOUT_MS = 60_000;

/** Opens the git work for tasks. Closing it stops what is under way. */
export async function openTaskTrees(options: TaskTreesOptions): Promise<TaskTrees> {
  await mkdir(options.home, { recursive: true, mode: 0o700 });
  // Git writes real paths into its files, and they are compared with ours.
  const home = await realpath(options.home);
  const repositories = join(home, 'repositories');
  const worktrees = join(home, 'worktrees');
  const processHome = await openProcessHome(home);
  await mkdir(repositories, { recursive: true, mode: 0o700 });
  await mkdir(worktrees, { recursive: true, mode: 0o700 });
  const closing = new AbortController();
  const git = createGit({
    program: findGit(),
    directory: processHome.trees,
    environment: toOwnerMark(processHome.trees),
    timeoutMs: TIMEOUT_MS,
    signal: closing.signal,
  });
  const needs = { git, home: processHome.indexes };
  return {
    settle: () => awaitOrphans(join(home, 'processes')),
    admit: (directory) => admitRepository({ git, roots: [...options.roots, repositories] }, directory),
    readHead: (directory) => askRepository(git, directory, toRevision('HEAD')),
    readText: readTaskText,
    // Git names what it keeps about a worktree after the last part of its path, so that is unique.
    toWorktreePath: (taskId, name) => join(worktrees, `${taskId}-${name}`),
    ensureWorktree: (directory, worktree) => ensureWorktree(needs, directory, worktree),
    removeWorktree: (directory, path) => removeWorktree(needs, directory, path),
    removeMergedBranch: (directory, branch) => removeMergedBranch(needs, directory, branch),
    hasChanges: (place) => hasChanges(needs, place),
    seal: (place, seal) => sealPlace(needs, place, seal),
    reset: (place, to) => resetPlace(needs, place, to),
    async dropKept(directory, keepUnder) {
      const refs = await askRepository(git, directory, [
        'for-each-ref',
        '--format=delete %(refname)',
        `${keepUnder}/`,
      ]);
      if (refs !== '') {
        await callRepository(git, directory, { args: ['update-ref', '--stdin'], input: `${refs}\n` });
      }
    },
    async close() {
      closing.abort();
      await processHome.close();
    },
  };
}
