import { describe, expect, it } from 'vitest';
import { anOrder } from '../support/orders.ts';
import { aHeldRun, aSucceededRun } from '../support/runs.ts';
import { query } from './query.ts';
import { useStores } from './test-store.ts';

describe('src/store/create-surface-records', () => {
  const stores = useStores();

  it('remembers where a surface is and what was last written', async () => {
    const { surfaces } = await stores.open();
    const record = { remoteId: 9_007_199_254_740_991, url: 'https://github.com/a/b/issues/1', hash: 'aa' };
    expect(await surfaces.find('run-1', 'progress')).toBeNull();
    await surfaces.save('run-1', 'progress', record);
    await surfaces.save('run-2', 'progress', { ...record, remoteId: 5 });
    expect(await surfaces.find('run-1', 'progress')).toEqual(record);
    await surfaces.save('run-1', 'progress', { ...record, hash: 'bb' });
    expect(await surfaces.find('run-1', 'progress')).toEqual({ ...record, hash: 'bb' });
    expect((await surfaces.find('run-2', 'progress'))?.remoteId).toBe(5);
  });

  it('forgets what was written long ago, a few at a time, but for runs that are under way', async () => {
    const store = await stores.open();
    const { surfaces, runs } = store;
    const record = { remoteId: 1, url: 'https://github.com/a/b/issues/1', hash: 'aa' };
    await runs.save(aHeldRun(anOrder({ id: 'run-open' })));
    await runs.save(aSucceededRun(anOrder({ id: 'run-over' })));
    const owners = ['run-open', 'run-over', 'comment:1:2:0', 'comment:1:3:0', 'comment:1:4:0'];
    for (const owner of owners) {
      await surfaces.save(owner, 'answer', record);
    }
    await query(stores.url(), `update baton.surfaces set written_at = now() - interval '401 days'`);
    // What is written again is new again.
    await surfaces.save('comment:1:4:0', 'answer', { ...record, hash: 'bb' });
    const keptMs = 400 * 24 * 60 * 60_000;
    const before = await query(stores.url(), 'select 1 from baton.surfaces');
    expect(await store.pruneSurfaces(keptMs, 1)).toBe(1);
    expect(await store.pruneSurfaces(keptMs, 100)).toBe(before.length - 3);
    expect(await store.pruneSurfaces(keptMs, 100)).toBe(0);
    const left = await Promise.all(owners.map((owner) => surfaces.find(owner, 'answer')));
    expect(left.map((one) => one?.hash ?? null)).toEqual(['aa', null, null, null, 'bb']);
  });
});
