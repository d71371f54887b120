import { statfs } from 'node:fs/promises';

/** Below this share of free room on the disk nothing is installed: the database may lie on the same. */
const LEAST_FREE = 0.05;
const EVERY_MS = 1_000;

/** A signal that fires when the disk is nearly full. */
export interface RoomWatch {
  readonly signal: AbortSignal;
  close(): void;
}

/** An archive can grow a thousandfold when it is unpacked, which no limit on the network sees. */
export function watchRoom(
  directory: string,
  readFree: (path: string) => Promise<number> = toFree,
): RoomWatch {
  const full = new AbortController();
  const timer = setInterval(() => {
    readFree(directory).then(
      (free) => {
        if (free < LEAST_FREE) {
          full.abort();
        }
      },
      // What cannot be looked at does not stop an installation; the other limits hold.
      () => undefined,
    );
  }, EVERY_MS);
  return { signal: full.signal, close: () => clearInterval(timer) };
}

/** The share of the disk that is free, from 0 to 1. */
async function toFree(path: string): Promise<number> {
  const { bavail, blocks } = await statfs(path);
  return bavail / Math.max(1, blocks);
}
