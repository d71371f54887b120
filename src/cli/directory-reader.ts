import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RepositoryReader } from '../catalog/read-repository-files.ts';

/** The files of a directory as if they were committed: what is reached by a symbolic link is not there. */
export async function openDirectory(directory: string): Promise<RepositoryReader> {
  const root = await realpath(directory);
  return {
    async readFile(path) {
      const file = join(root, path);
      return (await isReal(file)) && (await lstat(file)).isFile() ? readFile(file) : null;
    },
    async listFiles(folder) {
      const place = join(root, folder);
      if (!(await isReal(place)) || !(await lstat(place)).isDirectory()) {
        return [];
      }
      const entries = await readdir(place, { withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
  };
}

/** Whether a path exists and has no link in it. */
async function isReal(path: string): Promise<boolean> {
  try {
    return (await realpath(path)) === resolve(path);
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String(error.code))
    ) {
      return false;
    }
    throw error;
  }
}
