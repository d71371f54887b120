import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { discardLayer, RECORD, readLayer } from './read-layer.ts';

/** What was used this recently may be in use, here or in another process: nothing runs longer. In milliseconds. */
const IN_USE_MS = 3 * 60 * 60_000;

/** Room on the disk, and the time, in milliseconds since the epoch. */
interface Room {
  readonly maxBytes: number;
  readonly nowMs: number;
}

/** Removes the layers that were not used for longest, until the others fit; says how many. */
export async function tidyLayers(kept: string, { maxBytes, nowMs }: Room): Promise<number> {
  const layers = await Promise.all((await readdir(kept)).map((name) => weigh(join(kept, name))));
  const oldestFirst = layers.toSorted((one, other) => one.usedMs - other.usedMs);
  let total = layers.reduce((sum, { bytes }) => sum + bytes, 0);
  let removed = 0;
  for (const { path, bytes, usedMs } of oldestFirst) {
    if (total <= maxBytes || usedMs > nowMs - IN_USE_MS) {
      break;
    }
    await discardLayer(path);
    total -= bytes;
    removed += 1;
  }
  return removed;
}

async function weigh(path: string) {
  const [layer, record] = await Promise.all([readLayer(path), stat(join(path, RECORD)).catch(() => null)]);
  return { path, bytes: layer?.bytes ?? 0, usedMs: record?.mtimeMs ?? 0 };
}
