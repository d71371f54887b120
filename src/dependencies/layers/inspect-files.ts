import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** More files than any installation makes. */
const MOST_FILES = 1_000_000;

/** What lies in a directory. */
export interface Inspected {
  /** On the disk. */
  readonly bytes: number;
  /** Changes whenever a file is added, removed, written or given other rights, also when its size and date stay. */
  readonly fingerprint: string;
}

/**
 * Looks at every file below a directory. Nothing is opened, since that would take longer than to install it: the time of
 * the last change (`ctime`) cannot be set by anybody, so a file that looks the same is the same.
 * @throws Error for what is no file, directory or link, and for too many files.
 */
export async function inspectFiles(root: string): Promise<Inspected> {
  const hash = createHash('sha256');
  let [bytes, files] = [0, 0];
  const directories = [''];
  for (let next = directories.shift(); next !== undefined; next = directories.shift()) {
    const entries = await look(root, next);
    files += entries.length;
    if (files > MOST_FILES) {
      throw new Error(`there are more than ${MOST_FILES} files`);
    }
    for (const { path, stat } of entries) {
      bytes += Number(stat.blocks) * 512;
      hash.update(toLine(path, stat));
      if (stat.isDirectory()) {
        directories.push(path);
      }
    }
  }
  return { bytes, fingerprint: hash.digest('hex') };
}

interface Entry {
  readonly path: string;
  readonly stat: BigIntStats;
}

async function look(root: string, directory: string): Promise<readonly Entry[]> {
  const names = (await readdir(join(root, directory))).toSorted();
  return await Promise.all(
    names.map(async (name) => {
      const path = directory === '' ? name : `${directory}/${name}`;
      const stat = await lstat(join(root, path), { bigint: true });
      if (!stat.isFile() && !stat.isDirectory() && !stat.isSymbolicLink()) {
        throw new Error(`${path} is neither a file nor a directory nor a link`);
      }
      return { path, stat };
    }),
  );
}

function toLine(path: string, { mode, size, ino, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${JSON.stringify(path)} ${[mode, size, ino, mtimeNs, ctimeNs].join(' ')}\n`;
}
