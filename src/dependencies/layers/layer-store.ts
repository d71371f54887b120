import { mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../ports/log.ts';
import { inspectFiles } from './inspect-files.ts';
import type { KeptLayer, Layer } from './layer.ts';
import { type Making, openMaking, removeDeadMakings } from './make-layer.ts';
import { CONTENT, discardLayer, RECORD, readLayer } from './read-layer.ts';
import { tidyLayers } from './tidy-layers.ts';

/** Layers on the disk, by key. */
export interface LayerStore {
  /** The layer, when it is there and nobody has touched it; what is damaged is removed. */
  find(key: string): Promise<KeptLayer | null>;
  /** A place to make a layer in; it must be closed. */
  openMaking(): Promise<Making>;
  /** Keeps what was made, and removes what was not used for longest when there is no room for all. */
  keep(key: string, making: Making, made: Omit<Layer, 'bytes' | 'fingerprint'>): Promise<KeptLayer>;
}

export interface LayerStoreOptions {
  readonly home: string;
  readonly maxBytes: number;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Opens the store, and removes what dead processes have left half made. */
export async function createLayerStore(options: LayerStoreOptions): Promise<LayerStore> {
  const kept = join(options.home, 'layers');
  const makings = join(options.home, 'layers-making');
  await mkdir(kept, { recursive: true, mode: 0o700 });
  await mkdir(makings, { recursive: true, mode: 0o700 });
  await removeDeadMakings(makings);
  return {
    find: (key) => find(join(kept, key), options),
    openMaking: () => openMaking(makings),
    async keep(key, making, made) {
      const layer = await making.keep(join(kept, key), made);
      const removed = await tidyLayers(kept, { maxBytes: options.maxBytes, nowMs: options.now() });
      if (removed > 0) {
        options.log.info({ removed }, 'installations that were not used for long were removed');
      }
      return layer;
    },
  };
}

async function find(path: string, { log, now }: LayerStoreOptions): Promise<KeptLayer | null> {
  const layer = await readLayer(path);
  if (layer === null) {
    return null;
  }
  const content = join(path, CONTENT);
  const found = await inspectFiles(content).catch(() => null);
  if (found?.fingerprint !== layer.fingerprint) {
    log.warn({ path }, 'what was installed has changed on the disk, so it is installed anew');
    await discardLayer(path);
    return null;
  }
  const seconds = now() / 1000;
  // Another process may have removed it just now; then the sandbox says so.
  await utimes(join(path, RECORD), seconds, seconds).catch(() => undefined);
  return { ...layer, content };
}
