import type { Change } from '../../domain/change.ts';
import type { Sha } from '../../domain/sha.ts';
import { NoBaseError } from '../../ports/workspace.ts';
import { GitError } from '../git/git-error.ts';
import type { Git } from '../git/run-git.ts';
import type { Remote } from './remote.ts';
import { listRefs } from './remote-refs.ts';

/** A pull request as the repository it was opened in knows it. */
export interface WantedChange {
  readonly number: number;
  readonly change: Change;
}

/**
 * The live commit of the branch that a pull request is for.
 * @throws NoBaseError when the pull request is no longer what was asked for.
 */
export async function readTip(git: Git, remote: Remote, { number, change }: WantedChange): Promise<Sha> {
  const { headSha, baseRef } = change;
  const [head, base] = [`refs/pull/${number}/head`, `refs/heads/${baseRef}`];
  if (baseRef.startsWith('baton/')) {
    throw new NoBaseError(
      `Pull request #${number} is for the branch ${baseRef}, where agents write, and what they write must not say how it is judged. Change its base to another branch.`,
    );
  }
  const lines = await listRefs(git, remote, [head, base]);
  const live = lines.find(({ name }) => name === head)?.value;
  const tip = lines.find(({ name }) => name === base)?.value;
  if (live !== headSha) {
    throw new NoBaseError(
      `Pull request #${number} is no longer at ${headSha}, which was to be reviewed${live === undefined ? '' : `, but at ${live}`}. Ask for a review of what is there now.`,
    );
  }
  if (tip === undefined) {
    throw new NoBaseError(
      `The branch ${baseRef} that pull request #${number} is for does not exist any more. Change its base, then ask again.`,
    );
  }
  return tip;
}

/**
 * Where a change left its base.
 * @throws NoBaseError when they have nothing in common, or the base has all of the change.
 */
export async function readMergeBase(
  git: Git,
  { gitDir, repository }: { readonly gitDir: string; readonly repository: string },
  { tip, wanted: { number, change } }: { readonly tip: Sha; readonly wanted: WantedChange },
): Promise<Sha> {
  const { headSha, baseRef } = change;
  const found = await findMergeBase(git, { gitDir, repository, commits: [tip, headSha] });
  if (found === null) {
    throw new NoBaseError(`Pull request #${number} has no commit in common with ${baseRef}. Rebase it.`);
  }
  if (found === headSha) {
    throw new NoBaseError(
      `${baseRef} has all commits of pull request #${number}: there is nothing to review.`,
    );
  }
  return found;
}

async function findMergeBase(
  git: Git,
  place: { readonly gitDir: string; readonly repository: string; readonly commits: readonly [Sha, Sha] },
): Promise<Sha | null> {
  const { commits, ...mirror } = place;
  try {
    const { stdout } = await git({ ...mirror, args: ['merge-base', ...commits] });
    return stdout.toString().trim();
  } catch (error) {
    // Without a word, git has found nothing; a damaged mirror is complained about.
    if (error instanceof GitError && error.facts.failure === 'failed' && error.facts.stderr.trim() === '') {
      return null;
    }
    throw error;
  }
}
