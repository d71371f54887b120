import { basename } from 'node:path';
import type { Sha } from '../../domain/sha.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import type { TaskPlace } from '../../ports/task-trees.ts';
import type { Git } from '../git/run-git.ts';
import { askRepository, callRepository, toFiles } from './repository-call.ts';

const HEADS = 'refs/heads/';

/** The branch that is checked out in a place, without `refs/heads/`, and its commit. */
export interface Tip {
  readonly branch: string;
  readonly commit: Sha;
}

/** @throws TaskRefusal when no branch is checked out, or in a worktree another one than its own. */
export async function readTip(git: Git, place: TaskPlace): Promise<Tip> {
  const { directory, worktree } = place;
  const head = worktree === null ? 'HEAD' : `worktrees/${basename(worktree.path)}/HEAD`;
  const { stdout } = await callRepository(git, directory, {
    args: ['symbolic-ref', '--quiet', head],
    answers: [1, 128],
  });
  const ref = stdout.toString().trim();
  const branch = ref.startsWith(HEADS) ? ref.slice(HEADS.length) : null;
  if (branch === null || (worktree !== null && branch !== worktree.branch)) {
    throw new TaskRefusal({
      what: branch === null ? 'no branch is checked out there' : `the branch ${branch} is checked out there`,
      where: toFiles(place),
      remedy: `Check out ${worktree?.branch ?? 'the branch that the work is for'}, then repeat the call.`,
    });
  }
  return { branch, commit: await askRepository(git, directory, toRevision(ref)) };
}

/** What asks git for the commit that a full name of a reference stands for. */
export function toRevision(ref: string): readonly [string, ...string[]] {
  return ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`];
}
