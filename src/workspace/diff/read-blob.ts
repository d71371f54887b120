import type { Sha } from '../../domain/sha.ts';
import type { Git, GitCall } from '../git/run-git.ts';
import { findEntry, isRegular } from './list-entries.ts';

/** Longest file that is read. Nothing that Baton judges is longer. */
const LONGEST = { bytes: 8 * 1024 * 1024, beyond: 'fail' } as const;

/** The bytes of a file at a commit; null when there is no regular file of this name. Throws when it is too long. */
export async function readBlob(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  file: { readonly commit: Sha; readonly path: string },
): Promise<Uint8Array | null> {
  const entry = await findEntry(git, mirror, file);
  if (entry === null || !isRegular(entry)) {
    return null;
  }
  const { stdout } = await git({ ...mirror, args: ['cat-file', 'blob', entry.id], longest: LONGEST });
  // A copy: the answer may be kept for others.
  return Buffer.from(stdout);
}
