import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLayerStore, type LayerStore } from '../../src/dependencies/layers/layer-store.ts';
import { silentLog } from '../sandbox/support/host.ts';

const HOUR_MS = 60 * 60_000;

describe('dependencies/layers/layer-store', () => {
  let home: string;
  let now = 0;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'baton-layers-'));
    now = Date.parse('2026-01-01T00:00:00Z');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function open(maxBytes = 1024 ** 3): Promise<LayerStore> {
    return createLayerStore({ home, maxBytes, log: silentLog, now: () => now });
  }

  /** Keeps a layer of about this size. */
  async function keep(store: LayerStore, key: string, bytes = 10) {
    const making = await store.openMaking();
    writeFileSync(join(making.content, 'file'), Buffer.alloc(bytes, 'x'));
    const layer = await store.keep(key, making, { parts: [], durationMs: 5, notes: ['noted'] });
    await making.close();
    return layer;
  }

  it('finds what was kept, also in another process', async () => {
    const kept = await keep(await open(), 'a');
    expect(await (await open()).find('a')).toEqual(kept);
    expect(kept).toMatchObject({ durationMs: 5, notes: ['noted'], content: join(home, 'layers/a/content') });
    expect(await (await open()).find('b')).toBeNull();
    expect(readdirSync(join(home, 'layers-making'))).toEqual([]);
  });

  it('keeps the first of two that were made at the same time', async () => {
    const store = await open();
    const first = await keep(store, 'a', 10);
    const second = await keep(store, 'a', 1_000_000);
    expect(second).toEqual(first);
    expect(await store.find('a')).toEqual(first);
  });

  it.each([
    ['a file more', (content: string) => writeFileSync(join(content, 'more'), '')],
    ['a file less', (content: string) => rmSync(join(content, 'file'))],
    ['no content', (content: string) => rmSync(content, { recursive: true })],
    ['a broken record', (content: string) => writeFileSync(join(content, '../layer.json'), '{')],
  ])('gives away no layer with %s', async (_, damage) => {
    const store = await open();
    const { content } = await keep(store, 'a');
    damage(content);
    expect(await store.find('a')).toBeNull();
    expect(readdirSync(join(home, 'layers'))).toEqual([]);
    expect(await keep(store, 'a')).toMatchObject({ durationMs: 5 });
  });

  it('removes what was not used for longest when there is no room, and nothing that may be in use', async () => {
    const store = await open(25_000);
    for (const key of ['old', 'used', 'new']) {
      await keep(store, key, 10_000);
      await store.find(key);
      now += 4 * HOUR_MS;
    }
    expect(readdirSync(join(home, 'layers')).toSorted()).toEqual(['new', 'used']);
    await store.find('used');
    await keep(store, 'newest', 10_000);
    expect(readdirSync(join(home, 'layers')).toSorted()).toEqual(['newest', 'used']);
    await keep(store, 'another', 10_000);
    expect(readdirSync(join(home, 'layers')).toSorted()).toEqual(['another', 'newest', 'used']);
  });

  it('removes at the start what a dead process has left half made', async () => {
    mkdirSync(join(home, 'layers-making/999999999-dead/layer'), { recursive: true });
    const own = join(home, `layers-making/${process.pid}-alive`);
    mkdirSync(own, { recursive: true });
    await open();
    expect(readdirSync(join(home, 'layers-making'))).toEqual([`${process.pid}-alive`]);
  });
});
