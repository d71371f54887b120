import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/ports/effects.ts';
import { LeaseLostError } from '../../src/ports/lease.ts';
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
