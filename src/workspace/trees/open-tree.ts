import { randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../ports/log.ts';
import type { Tree } from '../../ports/workspace.ts';
import type { Git } from '../git/run-git.ts';
import type { ProcessHome } from '../process-home.ts';
import { toFullName } from '../remote/remote.ts';
import { ensureFiles, type IndexedDirectory, type MirroredCommit, removeFiles } from './ensure-files.ts';

/** A tree with the index that remembers how its files looked when they were written. */
export interface OpenedTree extends Tree, IndexedDirectory {}

/** What opening trees needs. */
export interface TreeTools {
  readonly git: Git;
  readonly home: ProcessHome;
  readonly log: Log;
}

/** Gives the files of a commit in a directory that nobody has had before: the spare, or else a new one. */
export async function openTree(
  tools: TreeTools,
  wanted: MirroredCommit & { readonly purpose: string },
  spare: IndexedDirectory | null,
): Promise<OpenedTree> {
  const name = `${wanted.repository.id}-${toSlug(wanted.purpose)}-${randomUUID().slice(0, 8)}`;
  const fresh = { path: join(tools.home.trees, name), index: join(tools.home.indexes, name) };
  const converted = spare === null ? null : await convert(tools, wanted, { spare, path: fresh.path });
  const directory = converted ?? (await fill(tools, wanted, fresh));
  return { ...directory, commit: wanted.commit, close: () => removeFiles(directory) };
}

/** Makes a tree of the spare; null when something is wrong with it. The move comes last, so there is no half of it. */
async function convert(
  { git, log }: TreeTools,
  wanted: MirroredCommit,
  { spare, path }: { readonly spare: IndexedDirectory; readonly path: string },
): Promise<IndexedDirectory | null> {
  try {
    await ensureFiles(git, spare, wanted);
    await rename(spare.path, path);
    return { path, index: spare.index };
  } catch (error) {
    log.warn({ repository: toFullName(wanted.repository), reason: String(error) }, 'a spare was of no use');
    // What stays is removed with all that belongs to this process.
    await removeFiles(spare).catch(() => undefined);
    return null;
  }
}

async function fill(
  { git }: TreeTools,
  wanted: MirroredCommit,
  fresh: IndexedDirectory,
): Promise<IndexedDirectory> {
  try {
    await ensureFiles(git, fresh, wanted);
    return fresh;
  } catch (error) {
    await removeFiles(fresh);
    throw error;
  }
}

function toSlug(purpose: string): string {
  return purpose
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40);
}
