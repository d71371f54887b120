import type { Sha } from '../../domain/sha.ts';
import type { Git, GitCall } from '../git/run-git.ts';

/** Longest listing that is read. */
const LONGEST = { bytes: 8 * 1024 * 1024, beyond: 'fail' } as const;

/** A regular file as `ls-tree -z` lists it: its mode, its object, and its path up to the NUL. */
const REGULAR_FILE = /^100\d{3} blob [0-9a-f]{40}\t(?<path>[^]+)$/;

/**
 * Names of the regular files directly in a directory of a commit, in git's order: no links, no submodules, no
 * directories. None when there is no such directory. Throws when the listing is too long.
 */
export async function listFiles(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  place: { readonly commit: Sha; readonly directory: string },
): Promise<readonly string[]> {
  if (place.directory.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    return [];
  }
  const under = `${place.directory}/`;
  const { stdout } = await git({
    ...mirror,
    args: ['ls-tree', '-z', '--full-tree', '--end-of-options', place.commit, under],
    longest: LONGEST,
  });
  return stdout
    .toString()
    .split('\0')
    .map((entry) => REGULAR_FILE.exec(entry)?.groups?.['path'] ?? '')
    .filter((path) => path.startsWith(under))
    .map((path) => path.slice(under.length));
}
