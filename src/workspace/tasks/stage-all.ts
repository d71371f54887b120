import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import type { TaskPlace } from '../../ports/task-trees.ts';
import { toShown } from '../trees/shown-path.ts';
import type { PrivateGit } from './open-private-git.ts';
import { toFiles, toGitDir } from './repository-call.ts';

/** What git leaves in its directory while a person is in the middle of something. */
const UNFINISHED = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'rebase-merge', 'rebase-apply'] as const;

/**
 * Puts everything that is not ignored into the private index, and returns the tree it makes.
 * @throws TaskRefusal when there is something unfinished, or a repository within.
 */
export async function stageAll(git: PrivateGit, place: TaskPlace): Promise<string> {
  await refuseUnfinished(git, place);
  await refuseSubmodules(git, place);
  await git.call({ args: ['add', '--all'] });
  const { stdout } = await git.call({ args: ['write-tree'] });
  return stdout.toString().trim();
}

async function refuseUnfinished(git: PrivateGit, place: TaskPlace): Promise<void> {
  const { stdout } = await git.call({ args: ['ls-files', '--unmerged', '-z'] });
  const found = await Promise.all(
    UNFINISHED.map((name) => lstat(join(toGitDir(place), name)).catch(() => null)),
  );
  if (stdout.length > 0 || found.some((entry) => entry !== null)) {
    throw new TaskRefusal({
      what: 'a merge, rebase or cherry-pick is not finished there',
      where: toFiles(place),
      remedy: 'Finish or abort it with git, then repeat the call.',
    });
  }
}

/** Git starts itself in a submodule that is there, and then obeys what is configured in it. */
async function refuseSubmodules(git: PrivateGit, place: TaskPlace): Promise<void> {
  const { stdout } = await git.call({ args: ['ls-files', '--stage', '-z'] });
  const links = stdout
    .toString()
    .split('\0')
    .filter((line) => line.startsWith('160000 '));
  for (const link of links) {
    const path = link.slice(link.indexOf('\t') + 1);
    const entries = await readdir(join(toFiles(place), path)).catch(() => []);
    if (entries.length > 0) {
      throw new TaskRefusal({
        what: 'submodules must be empty',
        where: toShown(path),
        remedy: `Run git submodule deinit for it in ${toFiles(place)}, or work in a clone without submodules.`,
      });
    }
  }
}
