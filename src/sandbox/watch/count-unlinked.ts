import { readdirSync, type Stats, statSync } from 'node:fs';
import { listInside } from './list-inside.ts';

const BLOCK_BYTES = 512;

/**
 * Bytes in files that a sandbox has removed and still holds open: no walk finds them, and they take room until it ends.
 * Only those on the volume of `path` count.
 */
export function countUnlinked(firstPid: number, path: string): number {
  const volume = read(path)?.dev;
  const files = new Map<number, number>();
  for (const directory of listInside(firstPid)) {
    for (const open of listOpen(directory)) {
      const stat = read(open);
      if (stat !== null && stat.nlink === 0 && stat.isFile() && stat.dev === volume) {
        files.set(stat.ino, stat.blocks * BLOCK_BYTES);
      }
    }
  }
  return [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
}

function listOpen(directory: string): readonly string[] {
  try {
    return readdirSync(`${directory}/fd`).map((name) => `${directory}/fd/${name}`);
  } catch {
    return [];
  }
}

function read(file: string): Stats | null {
  try {
    return statSync(file);
  } catch {
    return null;
  }
}
