import { statSync } from 'node:fs';

/** What stands against a file that holds a key; null when there is one that nobody but its owner can read. */
export function findFileProblem(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) {
    return 'names something that is not a file';
  }
  const mode = stat.mode & 0o777;
  return (mode & 0o077) === 0
    ? null
    : `names a file that others on this machine can read (mode ${mode.toString(8)}); run chmod 600 on it`;
}
