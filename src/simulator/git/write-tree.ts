import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitStore } from './git-store.ts';

/** One change to a tree; `sha: null` removes the path. */
export type TreeChange = { readonly path: string; readonly mode: string; readonly sha: string | null };

/** Writes a blob object and returns its name. */
export async function writeBlob(git: GitStore, content: string | Buffer): Promise<string> {
  return (await git.run(['hash-object', '-w', '--stdin'], { input: content })).toString().trim();
}

/**
 * Writes the tree which `changes` make of `base` (null: of nothing) and returns its name.
 * @throws GitFailed when an object is missing or a path is not allowed.
 */
export async function writeTree(
  git: GitStore,
  base: string | null,
  changes: readonly TreeChange[],
): Promise<string> {
  const index = join(git.directory, `index-${randomUUID()}`);
  const environment = { GIT_INDEX_FILE: index };
  const subtrees = changes.filter((change) => change.mode === '040000' && change.sha !== null);
  try {
    if (base !== null) {
      await git.run(['read-tree', base], { environment });
    }
    const lines = changes.filter((change) => !subtrees.includes(change)).map(toIndexLine);
    await git.run(['update-index', '--add', '-z', '--index-info'], { environment, input: lines.join('') });
    for (const { path, sha } of subtrees) {
      await git.run(['read-tree', `--prefix=${path}/`, sha ?? ''], { environment });
    }
    return (await git.run(['write-tree'], { environment })).toString().trim();
  } finally {
    await rm(index, { force: true });
  }
}

function toIndexLine(change: TreeChange): string {
  return change.sha === null
    ? `0 ${'0'.repeat(40)}\t${change.path}\0`
    : `${change.mode} ${change.sha}\t${change.path}\0`;
}
