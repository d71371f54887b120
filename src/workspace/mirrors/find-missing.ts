import type { Sha } from '../../domain/sha.ts';
import type { Repository } from '../../domain/subject.ts';
import type { Git } from '../git/run-git.ts';
import { toFullName } from '../remote/remote.ts';

interface Place {
  readonly gitDir: string;
  readonly repository: Repository;
}

/**
 * Which of the commits a repository lacks.
 * @throws GitError when it is damaged.
 */
export async function findMissing(git: Git, place: Place, commits: readonly Sha[]): Promise<readonly Sha[]> {
  const { stdout } = await git({
    gitDir: place.gitDir,
    repository: toFullName(place.repository),
    args: ['cat-file', '--batch-check=%(objecttype)'],
    input: commits.map((commit) => `${commit}\n`).join(''),
  });
  const kinds = stdout.toString().split('\n');
  return commits.filter((_, index) => kinds[index] !== 'commit');
}

/** Whether a branch points to a commit that is gone: a sign of lost packs. */
export async function hasLostTips(git: Git, place: Place): Promise<boolean> {
  const { stdout } = await git({
    gitDir: place.gitDir,
    repository: toFullName(place.repository),
    args: ['for-each-ref', '--format=%(objectname)'],
  });
  const tips = stdout.toString().split('\n').filter(Boolean);
  return (await findMissing(git, place, tips)).length > 0;
}
