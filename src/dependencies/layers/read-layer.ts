import { randomUUID } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Layer, layerSchema } from './layer.ts';

/** Beside the content of a layer: what is known of it. Its time is when the layer was last used. */
export const RECORD = 'layer.json';
/** The directory with what was installed. */
export const CONTENT = 'content';

/** What is written down about a layer; null when there is none. */
export async function readLayer(path: string): Promise<Layer | null> {
  const text = await readFile(join(path, RECORD), 'utf8').catch(() => null);
  if (text === null) {
    return null;
  }
  try {
    return layerSchema.parse(JSON.parse(text));
  } catch {
    await discardLayer(path);
    return null;
  }
}

/** Removes a layer: out of the way at once, so that nobody meets half of it. */
export async function discardLayer(path: string): Promise<void> {
  const doomed = `${path}.${randomUUID().slice(0, 8)}`;
  await rename(path, doomed).catch(() => undefined);
  await rm(doomed, { recursive: true, force: true });
}
