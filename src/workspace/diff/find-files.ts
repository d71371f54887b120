import type { Sha } from '../../domain/sha.ts';
import type { Git, GitCall } from '../git/run-git.ts';

/** Longest listing that is read. */
const LONGEST = { bytes: 64 * 1024 * 1024, beyond: 'fail' } as const;

/** A regular file as `ls-tree -z` lists it: its mode, its object, and its path up to the NUL. */
const REGULAR_FILE = /^100\d{3} blob [0-9a-f]{40}\t(?<path>[^]+)$/;

/**
 * Paths of the regular files anywhere in a commit whose name fits one of `names`, in which `*` stands for any characters.
 * Throws when the commit has too many files.
 */
export async function findFiles(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  wanted: { readonly commit: Sha; readonly names: readonly string[] },
): Promise<readonly string[]> {
  const { stdout } = await git({
    ...mirror,
    args: ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', wanted.commit],
    longest: LONGEST,
  });
  const fits = wanted.names.map(toExpression);
  return stdout
    .toString()
    .split('\0')
    .map((entry) => REGULAR_FILE.exec(entry)?.groups?.['path'] ?? '')
    .filter((path) => fits.some((expression) => expression.test(path.slice(path.lastIndexOf('/') + 1))));
}

/** Stars in a row mean the same as one, and would take long to look for. */
function toExpression(name: string): RegExp {
  const parts = name.split(/\*+/).map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
