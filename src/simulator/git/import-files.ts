import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

export type ImportedFile = {
  readonly path: string;
  readonly mode: string;
  readonly content: string | Buffer;
};

/** The files of a directory on disk as git would store them, without `.git` and `node_modules`. */
export async function readDirectoryFiles(root: string, below = ''): Promise<ImportedFile[]> {
  const names = (await readdir(join(root, below))).filter(
    (name) => name !== '.git' && name !== 'node_modules',
  );
  const found = await Promise.all(
    names.map((name) => readOne(root, below === '' ? name : `${below}/${name}`)),
  );
  return found.flat();
}

async function readOne(root: string, path: string): Promise<ImportedFile[]> {
  const absolute = join(root, path);
  const status = await lstat(absolute);
  if (status.isDirectory()) {
    return readDirectoryFiles(root, path);
  }
  if (status.isSymbolicLink()) {
    return [{ path, mode: '120000', content: await readlink(absolute) }];
  }
  const mode = (status.mode & 0o100) === 0 ? '100644' : '100755';
  return status.isFile() ? [{ path, mode, content: await readFile(absolute) }] : [];
}
