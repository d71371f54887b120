import type { Sha } from '../../domain/sha.ts';
import type { CommittedText } from '../../ports/workspace.ts';
import type { Git, GitCall } from '../git/run-git.ts';
import { findEntry, isRegular } from './list-entries.ts';

/** `<mode> <kind> <id> <size>`, with blanks before the size. */
const SIZE = /^\d{6} blob [0-9a-f]{40} +(?<size>\d+)\t/;

/** The text of a file at a commit, when it is a regular file of `maxBytes` at most; its size is looked at before it is read. */
export async function readCommittedText(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  file: { readonly commit: Sha; readonly path: string; readonly maxBytes: number },
): Promise<CommittedText> {
  const { commit, path, maxBytes } = file;
  const entry = await findEntry(git, mirror, { commit, path });
  if (entry === null || entry.kind === 'tree') {
    return { kind: 'absent' };
  }
  if (!isRegular(entry)) {
    return { kind: 'refused', why: entry.mode === '120000' ? 'is a symbolic link' : 'is no regular file' };
  }
  const { stdout } = await git({
    ...mirror,
    args: ['ls-tree', '-z', '--long', '--full-tree', '--end-of-options', commit, path],
  });
  const size = Number(SIZE.exec(stdout.toString())?.groups?.['size']);
  // What has no size is not read either.
  if (!(size <= maxBytes)) {
    return { kind: 'refused', why: `has ${size} bytes, more than ${maxBytes}` };
  }
  const content = await git({ ...mirror, args: ['cat-file', 'blob', entry.id] });
  try {
    return { kind: 'read', text: new TextDecoder('utf-8', { fatal: true }).decode(content.stdout) };
  } catch {
    return { kind: 'refused', why: 'is not text in UTF-8' };
  }
}
