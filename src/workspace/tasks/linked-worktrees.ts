import { lstat, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TaskWorktree } from '../../domain/task.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import type { TaskPlace } from '../../ports/task-trees.ts';
import { toOwnRef } from '../remote/branch-name.ts';
import { removeDirectory } from '../remove-directory.ts';
import { openPrivateGit } from './open-private-git.ts';
import { toRevision } from './read-branch.ts';
import { askRepository, callRepository, refuseLinks, toGitDir } from './repository-call.ts';
import type { PlaceNeeds } from './seal-place.ts';
import { writeRefs } from './write-refs.ts';

/**
 * Makes the worktree and its branch, or finishes what a crash has left of them.
 * @throws TaskRefusal when there is something in its place that is not the worktree.
 */
export async function ensureWorktree(
  needs: PlaceNeeds,
  directory: string,
  worktree: TaskWorktree,
): Promise<void> {
  const place: TaskPlace = { directory, worktree };
  if (worktree.state === 'ready' && (await isThere(worktree.path))) {
    await refuseDetached(place, worktree.path);
    return;
  }
  // Nobody has had what is there: its making was never reported.
  await removeWorktree(needs, directory, worktree.path);
  const ref = toOwnRef(worktree.branch);
  if (!(await hasRef(needs, directory, ref))) {
    await writeRefs(needs.git, directory, [{ ref, to: worktree.base, from: '0'.repeat(40) }]);
  }
  await mkdir(dirname(worktree.path), { recursive: true, mode: 0o700 });
  await callRepository(needs.git, directory, {
    args: ['worktree', 'add', '--no-checkout', '--', worktree.path, worktree.branch],
  });
  await fill(needs, place, await askRepository(needs.git, directory, toRevision(ref)));
}

/** Removes the worktree with all that is in it. Safe to call when it is gone. */
export async function removeWorktree({ git }: PlaceNeeds, directory: string, path: string): Promise<void> {
  await removeDirectory(path);
  if (await isThere(toGitDir({ directory, worktree: { path, branch: '' } }))) {
    await callRepository(git, directory, { args: ['worktree', 'remove', '--force', '--force', '--', path] });
  }
}

/** Removes a branch when the repository's own HEAD has its commits. */
export async function removeMergedBranch(
  { git }: PlaceNeeds,
  directory: string,
  branch: string,
): Promise<'removed' | 'kept'> {
  const ref = toOwnRef(branch);
  if (!(await hasRef({ git }, directory, ref))) {
    return 'removed';
  }
  const tip = await askRepository(git, directory, toRevision(ref));
  const { code } = await callRepository(git, directory, {
    args: ['merge-base', '--is-ancestor', tip, 'HEAD'],
    answers: [1],
  });
  if (code !== 0) {
    return 'kept';
  }
  await callRepository(git, directory, { args: ['update-ref', '-d', ref, tip] });
  return 'removed';
}

async function hasRef({ git }: Pick<PlaceNeeds, 'git'>, directory: string, ref: string): Promise<boolean> {
  const { code } = await callRepository(git, directory, {
    args: ['show-ref', '--verify', '--quiet', ref],
    answers: [1],
  });
  return code === 0;
}

async function fill(needs: PlaceNeeds, place: TaskPlace, commit: string): Promise<void> {
  const own = await openPrivateGit(needs, place);
  try {
    await own.call({ args: ['read-tree', '--reset', '-u', '--no-recurse-submodules', commit] });
    await own.install();
  } finally {
    await own.close();
  }
}

/** A worktree knows its repository, and the repository knows it. */
async function refuseDetached(place: TaskPlace, path: string): Promise<void> {
  await refuseLinks(place);
  const gitDir = toGitDir(place);
  const [there, back] = await Promise.all([
    readFile(join(path, '.git'), 'utf8').catch(() => ''),
    readFile(join(gitDir, 'gitdir'), 'utf8').catch(() => ''),
  ]);
  if (there.trim() !== `gitdir: ${gitDir}` || back.trim() !== join(path, '.git')) {
    throw new TaskRefusal({
      what: 'what is there is no longer the worktree of this task',
      where: path,
      remedy: 'Save what you need of it, then call cleanup_worktrees with discard.',
    });
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null;
}
