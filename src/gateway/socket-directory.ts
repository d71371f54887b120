import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes of a socket's path that every system takes, without the zero at its end. */
const MAX_PATH = 103;
const LONGEST_NAME = 'xxxxxxxxxxxx.sock';

/** Where the sockets of lines are: below `home`, or where paths are shorter when that is too long for a socket. */
export async function openSocketDirectory(home: string): Promise<string> {
  const directory = toDirectory(home);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { uid, mode } = await lstat(directory);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new Error(
      `The sockets to the models cannot be in ${directory}: it must belong to the user that runs Baton and be closed ` +
        'to all others. Remove it; Baton makes it again.',
    );
  }
  await removeDead(directory);
  return directory;
}

function toDirectory(home: string): string {
  const own = join(home, 'lines');
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 12);
  return Buffer.byteLength(join(own, LONGEST_NAME)) <= MAX_PATH
    ? own
    : join(tmpdir(), `baton-${process.getuid?.() ?? 0}-${hash}`);
}

/** Removes what a crash has left behind. Sockets on which somebody listens are those of another process. */
async function removeDead(directory: string): Promise<void> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sock'));
  for (const name of names) {
    const path = join(directory, name);
    if (!(await isAlive(path))) {
      await rm(path, { force: true });
    }
  }
}

function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
