import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const MOST_BYTES = 16 * 1024 ** 2;
/** As far as git looks for a zero byte. */
const LOOKED_AT_BYTES = 8000;

/**
 * The text of a file. Neither a link nor a pipe put in its place meanwhile is followed or waited for.
 * @throws Error that says what it is instead.
 */
export async function readRegularFile(path: string, name: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) {
      throw new Error(`${name} is a directory; use list.`);
    }
    if (!stat.isFile()) {
      throw new Error(`${name} is not a regular file.`);
    }
    if (stat.size > MOST_BYTES) {
      throw new Error(`${name} has ${stat.size} bytes, too many to read at once.`);
    }
    const bytes = await file.readFile();
    if (bytes.subarray(0, LOOKED_AT_BYTES).includes(0)) {
      throw new Error(`${name} is a binary file of ${bytes.length} bytes.`);
    }
    return bytes.toString();
  } finally {
    await file.close();
  }
}
