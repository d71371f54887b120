import { randomUUID } from 'node:crypto';
import { readdir, rename, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { removeDirectory } from '../remove-directory.ts';

/** Git reads it with every command and never writes it in a mirror, so its time is free to say when that was used. */
const USED = 'HEAD';

/** Takes note that a mirror is used; one that is not there yet will be newer. */
export async function markUsed(gitDir: string): Promise<void> {
  const now = new Date();
  await utimes(join(gitDir, USED), now, now).catch(() => undefined);
}

/**
 * Removes the mirrors that no process has used for so long: private source code, of repositories that may have left.
 * Whoever asks for one later gets it anew. Returns the ids of their repositories.
 */
export async function removeUnused(
  { mirrors, clones }: { readonly mirrors: string; readonly clones: string },
  olderThanMs: number,
): Promise<readonly number[]> {
  const removed: number[] = [];
  for (const name of await readdir(mirrors)) {
    const id = Number(/^(\d+)\.git$/.exec(name)?.[1]);
    const used = await stat(join(mirrors, name, USED)).catch(() => null);
    if (id > 0 && used !== null && used.mtimeMs <= Date.now() - olderThanMs) {
      const old = join(clones, `${randomUUID()}.old`);
      // In one move, so that nobody ever meets half of a mirror.
      await rename(join(mirrors, name), old);
      await removeDirectory(old);
      removed.push(id);
    }
  }
  return removed;
}
