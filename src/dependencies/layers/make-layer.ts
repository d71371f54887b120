import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectFiles } from './inspect-files.ts';
import type { KeptLayer, Layer } from './layer.ts';
import { CONTENT, RECORD, readLayer } from './read-layer.ts';

/** A place where a layer is made. */
export interface Making {
  /** Absolute path; becomes the layer's content. */
  readonly content: string;
  /** Absolute path of a directory that is thrown away. */
  readonly work: string;
  /** Makes it the layer at this path, at once and as a whole. When somebody was faster, theirs is the one. */
  keep(path: string, made: Omit<Layer, 'bytes' | 'fingerprint'>): Promise<KeptLayer>;
  /** Removes what was not kept. */
  close(): Promise<void>;
}

/** Opens a place of this process below `directory`. */
export async function openMaking(directory: string): Promise<Making> {
  const own = join(directory, `${process.pid}-${randomUUID().slice(0, 8)}`);
  const layer = join(own, 'layer');
  const content = join(layer, CONTENT);
  const work = join(own, 'work');
  await mkdir(content, { recursive: true, mode: 0o700 });
  await mkdir(work, { mode: 0o700 });
  return {
    content,
    work,
    async keep(path, made) {
      const whole = { ...made, ...(await inspectFiles(content)) };
      await writeFile(join(layer, RECORD), JSON.stringify(whole));
      await rename(layer, path).catch(throwUnlessTaken);
      const winner = await readLayer(path);
      if (winner === null) {
        throw new Error(`What was installed cannot be kept in ${path}.`);
      }
      return { ...winner, content: join(path, CONTENT) };
    },
    close: () => rm(own, { recursive: true, force: true }),
  };
}

/** That somebody else has kept the same meanwhile is no fault. */
function throwUnlessTaken(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'ENOTEMPTY' && code !== 'EEXIST') {
    throw error;
  }
}

/** Removes the places of processes that are no more. */
export async function removeDeadMakings(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!isAlive(Number.parseInt(name, 10))) {
      // What cannot be removed takes up room, which is better than no start.
      await rm(join(directory, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
