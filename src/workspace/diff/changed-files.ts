import type { ChangedFile } from '../../domain/evidence.ts';
import type { Git, GitCall } from '../git/run-git.ts';
import { type Range, toDiffArguments } from './diff-arguments.ts';
import { type LineCount, type RawChange, toRawDiff } from './raw-changes.ts';

const STATUS: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  T: 'type-changed',
};

/** The files between two commits, renames found. */
export async function readChangedFiles(
  git: Git,
  mirror: Pick<GitCall, 'gitDir' | 'repository'>,
  range: Range,
): Promise<readonly ChangedFile[]> {
  const { stdout } = await git({ ...mirror, args: toDiffArguments(range, ['-z', '--raw', '--numstat']) });
  const { changes, counts } = toRawDiff(stdout);
  return changes.map((change) => toChangedFile(change, counts.get(change.path)));
}

function toChangedFile(change: RawChange, count: LineCount | undefined): ChangedFile {
  const status = STATUS[change.status];
  if (status === undefined) {
    throw new Error(
      `git diff-tree gave the unknown status ${change.status}. Use a supported version of git.`,
    );
  }
  return {
    path: change.path,
    status,
    ...(change.from === undefined ? {} : { from: change.from }),
    mode: change.mode,
    additions: count?.additions ?? 0,
    deletions: count?.deletions ?? 0,
    binary: count !== undefined && count.additions === null,
  };
}
