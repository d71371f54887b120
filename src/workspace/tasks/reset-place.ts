import { lstat } from 'node:fs/promises';
import type { Sha } from '../../domain/sha.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import type { TaskPlace } from '../../ports/task-trees.ts';
import { openPrivateGit } from './open-private-git.ts';
import { readTip } from './read-branch.ts';
import { readStaged } from './read-staged.ts';
import { refuseLinks, toFiles } from './repository-call.ts';
import type { PlaceNeeds } from './seal-place.ts';
import { stageAll } from './stage-all.ts';
import { writeRefs } from './write-refs.ts';

/** Whether anything in the place, new files included, is not committed. */
export async function hasChanges(needs: PlaceNeeds, place: TaskPlace): Promise<boolean> {
  if (await isGone(toFiles(place))) {
    return false;
  }
  await refuseLinks(place);
  const { commit } = await readTip(needs.git, place);
  const own = await openPrivateGit(needs, place);
  try {
    const changes = await readStaged(own, commit, await stageAll(own, place));
    return changes.length > 0;
  } finally {
    await own.close();
  }
}

/** Puts branch and files back; see the port. Going through it again after a crash gives the same. */
export async function resetPlace(
  needs: PlaceNeeds,
  place: TaskPlace,
  to: { readonly commit: Sha; readonly branch: string; readonly keepUnder: string },
): Promise<void> {
  const tip = await readTip(needs.git, place);
  if (tip.branch !== to.branch) {
    throw new TaskRefusal({
      what: `the checkpoint is of the branch ${to.branch}, and ${tip.branch} is checked out there`,
      where: toFiles(place),
      remedy: `Check out ${to.branch}, then repeat the call.`,
    });
  }
  const own = await openPrivateGit(needs, place);
  try {
    // New files come into the index by this, and so they go with what is reset.
    await stageAll(own, place);
    await writeRefs(needs.git, place.directory, [
      { ref: `${to.keepUnder}/${tip.commit}`, to: tip.commit },
      { ref: `refs/heads/${to.branch}`, to: to.commit, from: tip.commit },
    ]);
    await own.call({ args: ['read-tree', '--reset', '-u', '--no-recurse-submodules', to.commit] });
    await own.install();
  } finally {
    await own.close();
  }
}

async function isGone(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) === null;
}
