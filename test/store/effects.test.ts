import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/ports/effects.ts';
import { LeaseLostError } from '../../src/ports/lease.ts';
import { HELD } from './held-and-silent.ts';
import { createOutside } from './outside.ts';
import { query } from './query.ts';
import { useStores } from './test-store.ts';

describe('src/store/create-effects', () => {
  const stores = useStores();

  async function stateOf(key: string): Promise<unknown> {
    const [row] = await query(stores.url(), 'select state, result from baton.effects where key = $1', [key]);
    return row ?? null;
  }

  /** What a process leaves behind that died between its send and the answer. */
  async function leaveSent(key: string, owner = 'a process that is gone'): Promise<void> {
    await query(
      stores.url(),
      `insert into baton.effects (key, kind, state, owner) values ($1, 'comment', 'sent', $2)`,
      [key, owner],
    );
  }

  it('sends once and then returns what is recorded', async () => {
    const { effects } = await stores.open();
    const outside = createOutside();
    expect(await effects.ensure(outside.effect('plain'))).toEqual({ id: 1 });
    expect(await effects.ensure(outside.effect('plain'))).toEqual({ id: 1 });
    expect(outside).toMatchObject({ sends: 1, lookUps: 0 });
    expect(await stateOf('plain')).toEqual({ state: 'done', result: { id: 1 } });
  });

  it('records an effect without a result', async () => {
    const { effects } = await stores.open();
    const effect = {
      ...createOutside().effect('no result'),
      send: async () => Promise.resolve(undefined),
      lookUp: async () => Promise.resolve(null),
    };
    await effects.ensure<unknown>(effect);
    expect(await effects.ensure<unknown>(effect)).toBeNull();
  });

  describe('after a crash between sending and recording', () => {
    it('finds the write that happened', async () => {
      const { effects } = await stores.open();
      const outside = createOutside();
      outside.written = { id: 77 };
      await leaveSent('landed');
      expect(await effects.ensure(outside.effect('landed'))).toEqual({ id: 77 });
      expect(outside).toMatchObject({ sends: 0, lookUps: 1 });
      expect(await stateOf('landed')).toEqual({ state: 'done', result: { id: 77 } });
    });

    it('sends the write that did not happen', async () => {
      const { effects } = await stores.open();
      const outside = createOutside();
      await leaveSent('not landed');
      expect(await effects.ensure(outside.effect('not landed'))).toEqual({ id: 1 });
      expect(outside).toMatchObject({ sends: 1, lookUps: 1 });
    });

    it('looks once more when the write is refused, because it may have landed meanwhile', async () => {
      const { effects } = await stores.open();
      const outside = createOutside(['refuse']);
      await leaveSent('landed late');
      const effect = outside.effect('landed late');
      const late = {
        ...effect,
        async send() {
          outside.written = { id: 5 };
          return effect.send();
        },
      };
      expect(await effects.ensure(late)).toEqual({ id: 5 });
      expect(await stateOf('landed late')).toEqual({ state: 'done', result: { id: 5 } });
    });
  });

  describe('when it stays open whether the write happened', () => {
    it('finds it', async () => {
      const { effects } = await stores.open();
      const outside = createOutside(['accept-then-reset']);
      expect(await effects.ensure(outside.effect('found'))).toEqual({ id: 1 });
      expect(outside).toMatchObject({ sends: 1, lookUps: 1 });
    });

    it('sends again when it is absent', async () => {
      const { effects } = await stores.open();
      const outside = createOutside(['reset']);
      expect(await effects.ensure(outside.effect('absent'))).toEqual({ id: 2 });
      expect(outside).toMatchObject({ sends: 2, lookUps: 1 });
    });

    it('finds it after the second send', async () => {
      const { effects } = await stores.open();
      const outside = createOutside(['reset', 'accept-then-reset']);
      expect(await effects.ensure(outside.effect('second'))).toEqual({ id: 2 });
      expect(outside).toMatchObject({ sends: 2, lookUps: 2 });
    });

    it('gives up after the second send, and looks first the next time', async () => {
      const { effects } = await stores.open();
      const outside = createOutside(['reset', 'reset']);
      await expect(effects.ensure(outside.effect('twice'))).rejects.toThrow(/comment twice: sent 2 times/);
      expect(await stateOf('twice')).toEqual({ state: 'sent', result: null });
      outside.written = { id: 9 };
      expect(await effects.ensure(outside.effect('twice'))).toEqual({ id: 9 });
      expect(outside.sends).toBe(2);
    });

    it('repeats a look-up that fails', async () => {
      const { effects } = await stores.open();
      const outside = createOutside(['accept-then-reset']);
      outside.brokenLookUps = 2;
      expect(await effects.ensure(outside.effect('repeat'))).toEqual({ id: 1 });
      expect(outside).toMatchObject({ sends: 1, lookUps: 3 });
    });

    it('does not send while it cannot look', async () => {
      const { effects } = await stores.open();
      const outside = createOutside(['reset']);
      outside.brokenLookUps = 3;
      await expect(effects.ensure(outside.effect('blind'))).rejects.toThrow('502 bad gateway');
      expect(outside.sends).toBe(1);
      expect(await stateOf('blind')).toEqual({ state: 'sent', result: null });
    });
  });

  it('forgets a refused write and passes the refusal on', async () => {
    const { effects } = await stores.open();
    const outside = createOutside(['refuse']);
    await expect(effects.ensure(outside.effect('refused'))).rejects.toThrow(RefusedError);
    expect(await stateOf('refused')).toBeNull();
    expect(outside.lookUps).toBe(0);
    expect(await effects.ensure(outside.effect('refused'))).toEqual({ id: 2 });
  });

  it('stops at once when asked to, and looks first the next time', async () => {
    const { effects } = await stores.open();
    const outside = createOutside(['stop']);
    await expect(effects.ensure(outside.effect('stopped'))).rejects.toThrow('the run was cancelled');
    expect(outside).toMatchObject({ sends: 1, lookUps: 0 });
    await effects.ensure(outside.effect('stopped'));
    expect(outside).toMatchObject({ sends: 2, lookUps: 1 });
  });

  describe('with a lease that is lost', () => {
    function losingAfter(calls: number) {
      let left = calls;
      return {
        async assertHeld() {
          left -= 1;
          if (left < 0) {
            throw new LeaseLostError('another replica has taken over');
          }
          await Promise.resolve();
        },
      };
    }

    it('writes no row', async () => {
      const { effects } = await stores.open({ lease: losingAfter(0) });
      const outside = createOutside();
      await expect(effects.ensure(outside.effect('lost early'))).rejects.toThrow(LeaseLostError);
      expect(outside.sends).toBe(0);
      expect(await stateOf('lost early')).toBeNull();
    });

    it('does not send after the row', async () => {
      const { effects } = await stores.open({ lease: losingAfter(1) });
      const outside = createOutside();
      await expect(effects.ensure(outside.effect('lost late'))).rejects.toThrow(LeaseLostError);
      expect(outside.sends).toBe(0);
    });

    it('does not send a second time', async () => {
      const { effects } = await stores.open({ lease: losingAfter(2) });
      const outside = createOutside(['reset']);
      await expect(effects.ensure(outside.effect('lost between'))).rejects.toThrow(LeaseLostError);
      expect(outside.sends).toBe(1);
    });
  });

  describe('with several callers', () => {
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

    it('does not wait for an owner that has lost its lease, though its session stays', async () => {
      const holders = { self: 'us', hasLost: async (name: string) => Promise.resolve(name === 'frozen') };
      const { effects } = await stores.open({ lease: { ...HELD, holders }, patience: { giveUpAfterMs: 20 } });
      const session = new Client({ connectionString: stores.url() });
      await session.connect();
      for (const owner of ['frozen/1', 'waiting/1']) {
        await session.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [owner]);
        await leaveSent(owner, owner);
      }
      const outside = createOutside();
      expect(await effects.ensure(outside.effect('frozen/1'))).toEqual({ id: 1 });
      expect(outside).toMatchObject({ sends: 1, lookUps: 1 });
      await expect(effects.ensure(outside.effect('waiting/1'))).rejects.toThrow('have been sending it');
      await session.end();
    });

    it('does not wait for ever for an owner that only looks alive', async () => {
      const frozen = new Client({ connectionString: stores.url() });
      await frozen.connect();
      await frozen.query(`select pg_advisory_lock(hashtextextended('frozen', 0))`);
      await leaveSent('frozen', 'frozen');
      const patient = await stores.open({ patience: { giveUpAfterMs: 20 } });
      const outside = createOutside();
      await expect(patient.effects.ensure(outside.effect('frozen'))).rejects.toThrow(
        /whether a replica hangs/,
      );
      const impatient = await stores.open({ patience: { takeOverAfterMs: 20 } });
      expect(await impatient.effects.ensure(outside.effect('frozen'))).toEqual({ id: 1 });
      await frozen.end();
    });
  });

  it('goes on under a new name when its session is lost', async () => {
    const { effects } = await stores.open();
    const outside = createOutside();
    await effects.ensure(outside.effect('before'));
    await query(
      stores.url(),
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'baton ledger' and datname = current_database()`,
    );
    let tries = 0;
    async function countOwners(): Promise<number> {
      await effects.ensure(createOutside().effect(`after ${(tries += 1)}`));
      const [row] = await query(
        stores.url(),
        `select count(distinct owner)::int as n from baton.effects where key = 'before' or key like 'after %'`,
      );
      return Number(row?.['n']);
    }
    await expect.poll(countOwners).toBe(2);
  });
});
