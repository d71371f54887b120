import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes the directory and what is missing above it, for its owner alone; does nothing when it is there. Level by level,
 * because Node's own `recursive` tries for ever where a file system answers "not found" below a directory that it has,
 * as /proc does. Rejects with the error of the level that could not be made.
 */
export async function makeDirectory(directory: string): Promise<void> {
  if (await isDirectory(directory)) {
    return;
  }
  const parent = path.dirname(directory);
  if (parent !== directory) {
    await makeDirectory(parent);
  }
  await mkdir(directory, { mode: 0o700 }).catch(async (error: unknown) => {
    // Somebody else may have made it at this moment.
    if (!(await isDirectory(directory))) {
      throw error;
    }
  });
}

async function isDirectory(name: string): Promise<boolean> {
  return stat(name).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
