import { chmod, lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes a directory whatever is in it. Safe to call when it is gone. */
export async function removeDirectory(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch {
    // An agent can take the server's right to look into a directory, but not the right to give it back.
    await restoreAccess(path);
    await rm(path, { recursive: true, force: true, maxRetries: 2 });
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
