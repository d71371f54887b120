import { describe, expect, it } from 'vitest';
import { query } from './query.ts';
import { useStores } from './test-store.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('src/store/prune-older', () => {
  const stores = useStores();

  it.each([
    'model_usage',
    'comment_edits',
    'trace_events',
    'task_durations',
    'agent_health',
    'restarts',
  ] as const)('finds nothing in an empty table: %s', async (table) => {
    const store = await stores.open();
    expect(await store.pruneOlder(table, 0, 10)).toBe(0);
  });

  it('deletes what is older, a few at a time, and keeps the rest', async () => {
    const store = await stores.open();
    await query(
      stores.url(),
      `insert into baton.task_durations (member, task_type, duration_ms, at)
       select 'architect', 'waking', 5, now() - make_interval(days => days) from unnest(array[1, 100, 200]) as days`,
    );
    expect(await store.pruneOlder('task_durations', 90 * DAY_MS, 1)).toBe(1);
    expect(await store.pruneOlder('task_durations', 90 * DAY_MS, 10)).toBe(1);
    expect(await store.pruneOlder('task_durations', 90 * DAY_MS, 10)).toBe(0);
    expect(await query(stores.url(), 'select member from baton.task_durations')).toHaveLength(1);
  });
});
