import type { Sha } from '../../domain/sha.ts';
import type { Git, GitCall } from '../git/run-git.ts';

/** Longest file that is read. Nothing that Baton judges is longer. */
const LONGEST = { bytes: 8 * 1024 * 1024, beyond: 'fail' } as const;

/** The bytes of a file at a commit; null when there is no regular file of this name. Throws when it is too long. */
export async function readBlob(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  file: { readonly commit: Sha; readonly path: string },
): Promise<Uint8Array | null> {
  if (file.path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    return null;
  }
  const { stdout } = await git({
    ...mirror,
    args: ['ls-tree', '-z', '--full-tree', '--end-of-options', file.commit, file.path],
  });
  const [, blob] = /^100\d{3} blob ([0-9a-f]{40})\t/.exec(stdout.toString()) ?? [];
  if (blob === undefined || !stdout.toString().endsWith(`\t${file.path}\0`)) {
    return null;
  }
  const content = await git({ ...mirror, args: ['cat-file', 'blob', blob], longest: LONGEST });
  return content.stdout;
}
