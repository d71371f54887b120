import type { Sha } from '../../domain/sha.ts';
import type { TaskPlace, TaskSeal } from '../../ports/task-trees.ts';
import type { Git } from '../git/run-git.ts';
import { toMessage } from '../trees/commit-message.ts';
import type { Identity } from '../trees/commit-tree.ts';
import { toAuthorship } from '../trees/commit-tree.ts';
import { openPrivateGit, type PrivateGit } from './open-private-git.ts';
import { readTip } from './read-branch.ts';
import { readStaged, refuseStrange } from './read-staged.ts';
import { askRepository } from './repository-call.ts';
import { stageAll } from './stage-all.ts';
import { writeRefs } from './write-refs.ts';

/** What work in a place needs. */
export interface PlaceNeeds {
  readonly git: Git;
  /** For private git directories. */
  readonly home: string;
}

const IDENTITY: Identity = { name: 'Baton', email: 'noreply@baton.invalid' };

/** Commits what lies in the place on its branch; see the port. A crash in between leaves a commit, or nothing. */
export async function sealPlace(
  needs: PlaceNeeds,
  place: TaskPlace,
  seal: TaskSeal,
): Promise<{ commit: Sha; message: string; branch: string }> {
  const { git } = needs;
  const { directory } = place;
  const { branch, commit: tip } = await readTip(git, place);
  const own = await openPrivateGit(needs, place);
  try {
    const tree = await stageAll(own, place);
    const changes = await readStaged(own, tip, tree);
    await refuseStrange(own, changes);
    const commit = changes.length === 0 ? tip : await commitTree(own, seal, { tree, parent: tip });
    await writeRefs(git, directory, [
      { ref: `refs/heads/${branch}`, to: commit, from: tip },
      { ref: `${seal.keepUnder}/${commit}`, to: commit },
    ]);
    // Also when nothing changed: a crash may have left the index of before.
    await own.install();
    const message = await askRepository(git, directory, [
      'log',
      '-1',
      '--format=%s',
      '--end-of-options',
      commit,
    ]);
    return { commit, message, branch };
  } finally {
    await own.close();
  }
}

async function commitTree(
  git: PrivateGit,
  seal: TaskSeal,
  { tree, parent }: { readonly tree: string; readonly parent: Sha },
): Promise<Sha> {
  const { stdout } = await git.call({
    args: ['commit-tree', '--no-gpg-sign', '-p', parent, '-F', '-', tree],
    input: toMessage(seal.subject, seal.trailers),
    environment: toAuthorship(IDENTITY, seal.at),
  });
  return stdout.toString().trim();
}
