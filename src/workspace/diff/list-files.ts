import type { Sha } from '../../domain/sha.ts';
import type { Git, GitCall } from '../git/run-git.ts';
import { isRegular, listEntries } from './list-entries.ts';

/**
 * Names of the regular files directly in a directory of a commit, in git's order: no links, no submodules, no
 * directories. None when there is no such directory. Throws when the listing is too long.
 */
export async function listFiles(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  place: { readonly commit: Sha; readonly directory: string },
): Promise<readonly string[]> {
  if (place.directory === '') {
    return [];
  }
  const entries = await listEntries(git, mirror, place);
  return entries.filter(isRegular).map(({ path }) => path.slice(place.directory.length + 1));
}
