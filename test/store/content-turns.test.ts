import { describe, expect, it } from 'vitest';
import { query } from './query.ts';
import { useStores } from './test-store.ts';

const LIMITS = [
  { count: 3, perMs: 60_000 },
  { count: 5, perMs: 3_600_000 },
];

describe('src/store/create-content-turns', () => {
  const stores = useStores();

  it('gives all replicas together no more turns than the limits have', async () => {
    const [one, other] = [await stores.open(), await stores.open()];
    const waits = await Promise.all(
      Array.from({ length: 6 }, (_, turn) => (turn % 2 === 0 ? one : other).contentTurns.take(1, LIMITS)),
    );
    const minutes = waits.map((wait) => Math.round(wait / 60_000)).toSorted((a, b) => a - b);
    expect(minutes).toEqual([0, 0, 0, 1, 1, 60]);
    expect(await one.contentTurns.take(2, LIMITS)).toBe(0);
  });

  it('lets go on who has waited, and remembers no more than it needs', async () => {
    const { contentTurns } = await stores.open();
    for (let turn = 0; turn < 20; turn += 1) {
      await contentTurns.take(3, [{ count: 5, perMs: 1000 }]);
    }
    await query(
      stores.url(),
      `update baton.content_turns set times = array(select at - interval '1 day' from unnest(times) as at)
       where installation_id = 3`,
    );
    expect(await contentTurns.take(3, [{ count: 5, perMs: 1000 }])).toBe(0);
    const rows = await query(
      stores.url(),
      'select cardinality(times) as kept from baton.content_turns where installation_id = 3',
    );
    expect(rows).toEqual([{ kept: 5 }]);
  });
});
