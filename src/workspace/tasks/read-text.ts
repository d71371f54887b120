import { constants } from 'node:fs';
import { lstat, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { TaskRefusal } from '../../domain/task-refusal.ts';

/** Longer than any text that is meant to be read. In bytes. */
const LONGEST = 1024 * 1024;

/**
 * Text of the first of these files that is there. What is reached by a link is not there.
 * @throws TaskRefusal when it is too long.
 */
export async function readTaskText(
  directory: string,
  paths: readonly string[],
): Promise<{ path: string; text: string } | null> {
  for (const path of paths) {
    const file = join(directory, path);
    const found = await lstat(file).catch(() => null);
    if (found?.isFile() === true && (await realpath(file)) === file) {
      return { path, text: await readBounded(file) };
    }
  }
  return null;
}

async function readBounded(file: string): Promise<string> {
  // A link that was put there since is not followed, and a pipe is not waited for.
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const buffer = Buffer.alloc(LONGEST + 1);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    if (bytesRead > LONGEST) {
      throw new TaskRefusal({
        what: `the file has more than ${LONGEST / 1024} KiB`,
        where: file,
        remedy: 'Make it shorter.',
      });
    }
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
