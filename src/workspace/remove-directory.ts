import { execFile } from 'node:child_process';
import { chmod, lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Removes a directory whatever is in it. Safe to call when it is gone. */
export async function removeDirectory(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch {
    // An agent can close directories to the server, and dig deeper than a path can say. These programs go down step by
    // step, so neither stops them.
    await execute('/bin/chmod', ['-R', 'u+rwX', '--', path]);
    await execute('/bin/rm', ['-rf', '--', path]);
  }
}

/** Makes everything below `path` readable, and its directories writable, for the server again. */
export async function restoreAccess(path: string): Promise<void> {
  const directories = [path];
  for (let next = directories.pop(); next !== undefined; next = directories.pop()) {
    await chmod(next, 0o700);
    for (const entry of await readdir(next, { withFileTypes: true })) {
      const inside = join(next, entry.name);
      if (entry.isDirectory()) {
        directories.push(inside);
      } else if (entry.isFile()) {
        const { mode } = await lstat(inside);
        await chmod(inside, mode | 0o400);
      }
    }
  }
}
