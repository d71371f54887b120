import { describe, expect, it } from 'vitest';
import { query } from './query.ts';
import { useStores } from './test-store.ts';

function delivery(guid: string, payload: Record<string, unknown> = { action: 'labeled' }) {
  return { guid, event: 'issues', payload };
}

describe('src/store/create-inbox', () => {
  const stores = useStores();

  it('stores a thousand deliveries once each, one tenth of them sent twice', async () => {
    const told: string[] = [];
    const { inbox } = await stores.open({ onStored: (guid) => told.push(guid) });
    const guids = Array.from({ length: 1000 }, (_, index) => `many-${index % 900}`);
    const outcomes = await Promise.all(guids.map(async (guid) => inbox.put(delivery(guid))));
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(900);
    expect(outcomes.slice(900).every((outcome) => outcome === 'duplicate')).toBe(true);
    expect(told).toHaveLength(900);
    expect(new Set(told).size).toBe(900);
    const [count] = await query(
      stores.url(),
      `select count(*)::int as n from baton.deliveries where guid like 'many-%'`,
    );
    expect(count).toEqual({ n: 900 });
  });

  it('keeps a delivery from being stored twice by two replicas', async () => {
    const [one, two] = await Promise.all([stores.open(), stores.open()]);
    const outcomes = await Promise.all(
      [one, two].flatMap(({ inbox }) => [inbox.put(delivery('twice')), inbox.put(delivery('twice'))]),
    );
    expect(outcomes.toSorted()).toEqual(['duplicate', 'duplicate', 'duplicate', 'stored']);
  });

  it('gives back what was put in, whatever characters JSON allows', async () => {
    const { inbox } = await stores.open();
    const payload = { body: 'nul \u0000, half \uD800, 😀, "quoted"\n', __proto__x: null, deep: [{ n: 1.5 }] };
    await inbox.put(delivery('odd', payload));
    expect(await inbox.read('odd')).toEqual(delivery('odd', payload));
    expect(await inbox.read('absent')).toBeNull();
  });

  it('names a delivery whose row was spoilt', async () => {
    const { inbox } = await stores.open();
    await inbox.put(delivery('spoilt'));
    await query(stores.url(), `update baton.deliveries set payload = '[1' where guid = 'spoilt'`);
    await expect(inbox.read('spoilt')).rejects.toThrow(/delivery spoilt .*not a JSON object/s);
  });

  it('finds what was not dispatched, oldest first, and forgets what was', async () => {
    const { inbox } = await stores.open();
    await query(stores.url(), 'delete from baton.deliveries');
    for (const guid of ['first', 'second', 'third']) {
      await inbox.put(delivery(guid));
    }
    expect(await inbox.pending(0, 2)).toEqual(['first', 'second']);
    expect(await inbox.pending(60_000, 10)).toEqual([]);
    await Promise.all([inbox.markDispatched(['first', 'third']), inbox.markDispatched([])]);
    expect(await inbox.pending(0, 10)).toEqual(['second']);
    expect(await inbox.prune(60_000, 10)).toBe(0);
    expect(await inbox.prune(0, 1)).toBe(1);
    expect(await inbox.prune(0, 10)).toBe(1);
    expect(await inbox.read('second')).not.toBeNull();
    expect(await inbox.put(delivery('second'))).toBe('duplicate');
  });

  it('rejects a put that did not reach the disk', async () => {
    const { inbox } = await stores.open();
    await query(stores.url(), 'alter table baton.deliveries rename to elsewhere');
    await expect(inbox.put(delivery('lost'))).rejects.toThrow(/does not exist/);
    await query(stores.url(), 'alter table baton.elsewhere rename to deliveries');
    expect(await inbox.put(delivery('lost'))).toBe('stored');
  });
});
