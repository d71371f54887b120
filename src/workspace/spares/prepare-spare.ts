import { randomUUID } from 'node:crypto';
import { stat, statfs, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureFiles, type MirroredCommit, removeFiles } from '../trees/ensure-files.ts';
import type { TreeTools } from '../trees/open-tree.ts';
import type { Spare } from './create-stocks.ts';

/** Share of the disk that spares leave free: they must not take the room that runs need. */
const FREE_SHARE = 0.1;

/**
 * Brings a spare to a commit, or makes one when there is none. What failed is removed.
 * @throws Error when git fails or the disk is nearly full.
 */
export async function prepareSpare(
  { git, home }: TreeTools,
  wanted: MirroredCommit,
  outdated: Spare | null,
): Promise<Spare> {
  const name = `${wanted.repository.id}-spare-${randomUUID().slice(0, 8)}`;
  const { path, index } = outdated ?? { path: join(home.spares, name), index: join(home.indexes, name) };
  try {
    await ensureRoom(home.spares);
    await ensureFiles(git, { path, index }, wanted);
    await postdate(index);
    return { path, index, commit: wanted.commit };
  } catch (error) {
    await removeFiles({ path, index });
    throw error;
  }
}

/**
 * Git reads a file again when it is not older than the index, in seconds: somebody might have written it right
 * afterwards. Nobody writes in a spare, and the index is written anew when it becomes a tree, so that need not be.
 */
async function postdate(index: string): Promise<void> {
  const { atime, mtimeMs } = await stat(index);
  await utimes(index, atime, mtimeMs / 1000 + 1);
}

async function ensureRoom(directory: string): Promise<void> {
  const { bavail, blocks } = await statfs(directory);
  if (bavail < blocks * FREE_SHARE) {
    throw new Error(
      `Less than ${FREE_SHARE * 100} % of the disk under ${directory} is free. Free some, and trees open faster.`,
    );
  }
}
