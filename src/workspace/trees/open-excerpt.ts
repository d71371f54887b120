import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import type { Sha } from '../../domain/sha.ts';
import type { Tree } from '../../ports/workspace.ts';
import type { ProcessHome } from '../process-home.ts';
import { removeDirectory } from '../remove-directory.ts';

/** Writes a few files of a commit into a directory that nobody has had before. */
export async function openExcerpt(
  home: ProcessHome,
  commit: Sha,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Tree> {
  const path = join(home.trees, `excerpt-${randomUUID()}`);
  await mkdir(path, { mode: 0o700 });
  try {
    for (const [name, bytes] of files) {
      if (normalize(name) !== name || name.startsWith('../') || name.startsWith('/')) {
        throw new RangeError(`${name} is no path in a repository`);
      }
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), bytes, { flag: 'wx' });
    }
  } catch (error) {
    await removeDirectory(path);
    throw error;
  }
  return { path, commit, close: () => removeDirectory(path) };
}
