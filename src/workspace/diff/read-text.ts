import type { Sha } from '../../domain/sha.ts';
import type { CommittedText } from '../../ports/workspace.ts';
import type { Git, GitCall } from '../git/run-git.ts';

/** `<mode> <kind> <id> <size>`, with blanks before the size. */
const ENTRY = /^(?<mode>\d{6}) (?<kind>[a-z]+) (?<id>[0-9a-f]{40}) +(?<size>\d+|-)\t/;

/** The text of a file at a commit, when it is a regular file of `maxBytes` at most; its size is looked at before it is read. */
export async function readCommittedText(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  file: { readonly commit: Sha; readonly path: string; readonly maxBytes: number },
): Promise<CommittedText> {
  const { commit, path, maxBytes } = file;
  const { stdout } = await git({
    ...mirror,
    args: ['ls-tree', '-z', '--long', '--full-tree', '--end-of-options', commit, path],
  });
  const { mode, kind, id, size } = ENTRY.exec(stdout.toString())?.groups ?? {};
  if (id === undefined || kind === 'tree') {
    return { kind: 'absent' };
  }
  if (mode?.startsWith('100') !== true) {
    return { kind: 'refused', why: mode === '120000' ? 'is a symbolic link' : 'is no regular file' };
  }
  if (Number(size) > maxBytes) {
    return { kind: 'refused', why: `has ${size} bytes, more than ${maxBytes}` };
  }
  const content = await git({ ...mirror, args: ['cat-file', 'blob', id] });
  try {
    return { kind: 'read', text: new TextDecoder('utf-8', { fatal: true }).decode(content.stdout) };
  } catch {
    return { kind: 'refused', why: 'is not text in UTF-8' };
  }
}
