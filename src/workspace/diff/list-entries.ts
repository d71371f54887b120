import type { Sha } from '../../domain/sha.ts';
import type { Git, GitCall } from '../git/run-git.ts';

/** Longest listing that is read. */
const LONGEST = { bytes: 64 * 1024 * 1024, beyond: 'fail' } as const;

/** `<mode> <kind> <id>`, and the path from the root of the tree. */
const ENTRY = /^(?<mode>\d{6}) (?<kind>[a-z]+) (?<id>[0-9a-f]{40})\t(?<path>[^]+)$/;

/** A file, link, submodule or directory of a commit. */
export interface Entry {
  readonly mode: string;
  /** Git's word for it: `blob` for files and links, `tree`, `commit` for submodules. */
  readonly kind: string;
  readonly id: string;
  readonly path: string;
}

/**
 * What is directly in a directory of a commit (`''` for its root), in git's order. Nothing when there is no such
 * directory. Throws when the listing is too long.
 */
export async function listEntries(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  { commit, directory }: { readonly commit: Sha; readonly directory: string },
): Promise<readonly Entry[]> {
  if (directory !== '' && !isPlain(directory)) {
    return [];
  }
  const under = directory === '' ? [] : [`${directory}/`];
  const { stdout } = await git({
    ...mirror,
    args: ['ls-tree', '-z', '--full-tree', '--end-of-options', commit, ...under],
    longest: LONGEST,
  });
  return stdout
    .toString()
    .split('\0')
    .flatMap((line) => {
      const { mode = '', kind = '', id = '', path = '' } = ENTRY.exec(line)?.groups ?? {};
      return path === '' ? [] : [{ mode, kind, id, path }];
    });
}

/**
 * What has this path at a commit; null for nothing. It lists the whole directory: the next who asks, asks about a
 * file beside this one.
 */
export async function findEntry(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  { commit, path }: { readonly commit: Sha; readonly path: string },
): Promise<Entry | null> {
  if (!isPlain(path)) {
    return null;
  }
  const directory = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const entries = await listEntries(git, mirror, { commit, directory });
  return entries.find((entry) => entry.path === path) ?? null;
}

/** Whether an entry is a regular file: no link, no submodule, no directory. */
export function isRegular({ mode, kind }: Entry): boolean {
  return kind === 'blob' && mode.startsWith('100');
}

function isPlain(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
