import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Longer than a first start takes on a slow machine, and longer than a stop. */
const WAIT_MS = 120_000;
const POLL_MS = 10;

/** Does `work` while nobody else on this machine starts or stops the server of the same directory. */
export type ServerLock = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * The lock of `directory`, which must exist now and may be gone later. It is an abstract Unix socket (unix(7)): it is
 * gone with its process, however that ends, so nothing stale is ever in the way. Whoever waits for it too long gets an
 * error with the remedy.
 */
export async function openServerLock(directory: string): Promise<ServerLock> {
  const { dev, ino } = await stat(directory);
  const name = `\0baton-postgres-${dev}-${ino}`;
  return async function withServerLock(work) {
    const lock = await take(name, directory);
    try {
      return await work();
    } finally {
      lock.close();
      await once(lock, 'close');
    }
  };
}

async function take(name: string, directory: string): Promise<Server> {
  for (let poll = 0; poll < WAIT_MS / POLL_MS; poll += 1) {
    const lock = await tryToTake(name);
    if (lock !== null) {
      return lock;
    }
    await delay(POLL_MS);
  }
  throw new Error(
    `Another process has been starting or stopping the embedded PostgreSQL in ${directory} for ${WAIT_MS / 1000} s. ` +
      'End that process, or set DATABASE_URL to a PostgreSQL server.',
  );
}

/** Null when another has it. */
async function tryToTake(name: string): Promise<Server | null> {
  // Nobody has anything to say here.
  const lock = createServer((socket) => socket.destroy()).listen(name);
  try {
    await once(lock, 'listening');
    return lock;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      return null;
    }
    throw error;
  }
}
