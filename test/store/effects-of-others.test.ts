import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { HELD } from './held-and-silent.ts';
import { createOutside } from './outside.ts';
import { query } from './query.ts';
import { useStores } from './test-store.ts';

describe('src/store/effect-rows', () => {
  const stores = useStores();

  /** What a process leaves behind, or has under way, between its send and the answer. */
  async function leaveSent(key: string, owner: string): Promise<void> {
    await query(
      stores.url(),
      `insert into baton.effects (key, kind, state, owner) values ($1, 'comment', 'sent', $2)`,
      [key, owner],
    );
  }

  it('sends once for twenty callers in two processes', async () => {
    const [one, two] = await Promise.all([stores.open(), stores.open()]);
    const outside = createOutside();
    const effect = outside.effect('crowd');
    const slow = {
      ...effect,
      async send() {
        // Time for all the others to come and look.
        await query(stores.url(), 'select pg_sleep(0.1)');
        return effect.send();
      },
    };
    const results = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => (index % 2 === 0 ? one : two).effects.ensure(slow)),
    );
    expect(new Set(results.map(({ id }) => id))).toEqual(new Set([1]));
    expect(outside).toMatchObject({ sends: 1, lookUps: 0 });
  });

  it('lets the others try when the first was refused', async () => {
    const [one, two] = await Promise.all([stores.open(), stores.open()]);
    const outside = createOutside(['refuse']);
    const outcomes = await Promise.allSettled(
      [one, two, one].map(async ({ effects }) => effects.ensure(outside.effect('one refused'))),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(outside.sends).toBe(2);
  });

  it('waits for an owner that lives, and takes over when it ends', async () => {
    const { effects } = await stores.open();
    const owner = new Client({ connectionString: stores.url() });
    await owner.connect();
    await owner.query(`select pg_advisory_lock(hashtextextended('living', 0))`);
    await leaveSent('owned', 'living');
    const outside = createOutside();
    const ensured = effects.ensure(outside.effect('owned'));
    for (let round = 0; round < 20; round += 1) {
      await owner.query('select pg_sleep(0.005)');
    }
    expect(outside).toMatchObject({ sends: 0, lookUps: 0 });
    await owner.end();
    expect(await ensured).toEqual({ id: 1 });
    expect(outside).toMatchObject({ sends: 1, lookUps: 1 });
  });

  it('never sends the effect of an owner that lives, however long that takes', async () => {
    const owner = new Client({ connectionString: stores.url() });
    await owner.connect();
    await owner.query(`select pg_advisory_lock(hashtextextended('slow', 0))`);
    await leaveSent('slow', 'slow');
    await query(
      stores.url(),
      `update baton.effects set updated_at = now() - interval '1 day' where key = 'slow'`,
    );
    const { effects } = await stores.open({ patience: { giveUpAfterMs: 20 } });
    const outside = createOutside();
    await expect(effects.ensure(outside.effect('slow'))).rejects.toThrow(/whether a replica hangs/);
    expect(outside).toMatchObject({ sends: 0, lookUps: 0 });
    await owner.end();
  });

  it('waits for an owner that holds its lease, though its connection to the database broke', async () => {
    const lost = new Set<string>();
    const holders = { self: 'us', hasLost: async (name: string) => Promise.resolve(lost.has(name)) };
    const { effects } = await stores.open({ lease: { ...HELD, holders }, patience: { giveUpAfterMs: 20 } });
    await leaveSent('mid-send', 'other');
    const outside = createOutside();
    await expect(effects.ensure(outside.effect('mid-send'))).rejects.toThrow('have been sending it');
    expect(outside).toMatchObject({ sends: 0, lookUps: 0 });
    lost.add('other');
    expect(await effects.ensure(outside.effect('mid-send'))).toEqual({ id: 1 });
  });

  it.each(['accept-then-reset', 'stop'] as const)(
    'leaves to the others what its owner has given up on (%s)',
    async (treatment) => {
      const self = {
        lease: { ...HELD, holders: { self: 'one', hasLost: async () => Promise.resolve(false) } },
      };
      const other = {
        lease: { ...HELD, holders: { self: 'two', hasLost: async () => Promise.resolve(false) } },
      };
      const [one, two] = await Promise.all([
        stores.open(self),
        stores.open({ ...other, patience: { giveUpAfterMs: 20 } }),
      ]);
      const outside = createOutside([treatment]);
      outside.brokenLookUps = 3;
      await expect(one.effects.ensure(outside.effect(treatment))).rejects.toThrow();
      outside.brokenLookUps = 0;
      const { lookUps } = outside;
      await two.effects.ensure(outside.effect(treatment));
      expect(outside.lookUps).toBe(lookUps + 1);
      const rows = await query(stores.url(), 'select state from baton.effects where key = $1', [treatment]);
      expect(rows).toEqual([{ state: 'done' }]);
    },
  );
});
