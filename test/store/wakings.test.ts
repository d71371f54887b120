import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/system/system-clock.ts';
import { query } from './query.ts';
import { useStores } from './test-store.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('src/store/create-wakings', () => {
  const stores = useStores();

  it('finds the newest waking of each member, and forgets none of these', async () => {
    const store = await stores.open();
    const records = store.teamRecords(systemClock);
    expect(await records.wakings()).toEqual([]);
    // Sixty days of two members in two repositories.
    await query(
      stores.url(),
      `insert into baton.wakings (id, repository_id, member, reason, state, began_at, ended_at, "on")
       select concat_ws(' ', repository, member, day), repository, member, 'tick', 'ended',
         now() - make_interval(days => day), now() - make_interval(days => day), 'here'
       from unnest(array[7, 8]) as repository, unnest(array['architect', 'pipeline']) as member,
         generate_series(1, 60) as day`,
    );
    // This one slept for long.
    await query(
      stores.url(),
      `delete from baton.wakings where id like '8 pipeline %' and id <> '8 pipeline 60'`,
    );
    const newest = ['7 architect 1', '7 pipeline 1', '8 architect 1', '8 pipeline 60'];
    expect((await records.wakings()).map(({ id }) => id)).toEqual(newest);

    expect(await store.pruneWakings(30 * DAY_MS, 10)).toBe(10);
    expect(await store.pruneWakings(30 * DAY_MS, 1000)).toBe(3 * 31 - 10);
    expect(await store.pruneWakings(30 * DAY_MS, 1000)).toBe(0);
    expect((await records.wakings()).map(({ id }) => id)).toEqual(newest);
  });

  it('a waking comes after the one that it follows, also where the clock is behind', async () => {
    const store = await stores.open();
    const waking = { repositoryId: 9, member: 'architect', reason: 'tick' };
    const ahead = store.teamRecords({ now: () => '2026-03-02T08:00:07.000Z' });
    const behind = store.teamRecords({ now: () => '2026-03-02T08:00:00.000Z' });
    expect(await ahead.begin({ ...waking, id: 'one', afterMs: 0 }, 'ahead')).toMatchObject({ kind: 'began' });
    await ahead.note('one', { state: 'ended', crashes: 0, note: '' });
    const afterMs = Date.parse('2026-03-02T08:00:07.000Z');
    const next = { ...waking, id: 'two', afterMs };
    expect(await behind.begin(next, 'behind')).toEqual({ kind: 'began', atMs: afterMs + 1 });
    const newest = (await behind.wakings()).find(({ repositoryId }) => repositoryId === 9);
    expect(newest?.id).toBe('two');
  });
});
