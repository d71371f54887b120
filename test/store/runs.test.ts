import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/run.ts';
import { LeaseLostError } from '../../src/ports/lease.ts';
import { findUnreadableRuns } from '../../src/store/find-unreadable-runs.ts';
import { aChange, anOrder, sha } from '../support/orders.ts';
import {
  aCancelledRun,
  aHeldRun,
  anEscalatedRun,
  aQueuedRun,
  aRefusedRun,
  aRunningRun,
  aSucceededRun,
  aWithdrawnRun,
} from '../support/runs.ts';
import { SILENT } from './held-and-silent.ts';
import { query } from './query.ts';
import { useStores } from './test-store.ts';

let numbers = 100;

/** An order about an issue that no other test uses. */
function orderOf(id: string, number = (numbers += 1)): Order {
  return anOrder({ id, subject: { ...anOrder().subject, number } });
}

function keyOf(order: Order): string {
  return `${order.subject.repository.id}#${order.subject.number}`;
}

describe('src/store/create-runs', () => {
  const stores = useStores();

  it('gives back a run of every state as it was saved', async () => {
    const { runs } = await stores.open();
    const builders = [
      aQueuedRun,
      aRunningRun,
      aHeldRun,
      anEscalatedRun,
      aSucceededRun,
      aCancelledRun,
      aRefusedRun,
      aWithdrawnRun,
    ];
    for (const [index, build] of builders.entries()) {
      const run = build(orderOf(`state-${index}`));
      await runs.save(run);
      expect(await runs.find(run.order.id)).toEqual(run);
    }
    expect(await runs.find('absent')).toBeNull();
  });

  it('writes the order once and the progress at every save', async () => {
    const { runs } = await stores.open();
    const order = orderOf('once');
    await runs.save(aQueuedRun(order));
    const ticket = { ...order.ticket, title: 'Another title' };
    await runs.save(aHeldRun({ ...order, ticket }));
    const saved = await runs.find('once');
    expect(saved?.state).toBe('held');
    expect(saved?.order.ticket.title).toBe(order.ticket.title);
  });

  it('never puts a run that has begun back into the queue', async () => {
    const { runs } = await stores.open();
    const order = orderOf('begun');
    await runs.save(aRunningRun(order));
    await runs.save(aQueuedRun(order));
    expect((await runs.find('begun'))?.state).toBe('running');
  });

  it('keeps output that holds an escaped NUL', async () => {
    const { runs } = await stores.open();
    const order = orderOf('nul');
    await runs.save(aQueuedRun({ ...order, ticket: { ...order.ticket, body: 'a\u0000b' } }));
    expect((await runs.find('nul'))?.order.ticket.body).toBe('a\u0000b');
  });

  it('finds the newest open run of a subject, else the newest ended one', async () => {
    const { runs } = await stores.open();
    const first = orderOf('first');
    const second = orderOf('second', first.subject.number);
    const third = orderOf('third', first.subject.number);
    expect(await runs.latest(keyOf(first))).toBeNull();
    await runs.save(aQueuedRun(first));
    await runs.save(aQueuedRun(second));
    await runs.save(aSucceededRun(third));
    expect((await runs.latest(keyOf(first)))?.order.id).toBe('second');
    expect((await runs.open(keyOf(first))).map(({ order }) => order.id)).toEqual(['first', 'second']);
    await runs.save(aSucceededRun(second));
    await runs.save(aCancelledRun(first));
    expect((await runs.latest(keyOf(first)))?.order.id).toBe('third');
    expect(await runs.open(keyOf(first))).toEqual([]);
  });

  it('finds the run that works on a branch, whatever came after it', async () => {
    const { runs } = await stores.open();
    const first = orderOf('one');
    const second = { ...orderOf('two', first.subject.number), branch: 'baton/42-again' };
    await runs.save(aSucceededRun(first));
    await runs.save(aQueuedRun(second));
    expect((await runs.onBranch(keyOf(first), first.branch))?.order.id).toBe('one');
    expect((await runs.onBranch(keyOf(first), second.branch))?.order.id).toBe('two');
    expect(await runs.onBranch(keyOf(first), 'baton/42-none')).toBeNull();
  });

  it.each([
    [`progress = '{"state":"dancing"}'`, /run corrupt .*Invalid/s],
    [`progress = '[1]'`, /run corrupt .*cannot be read/s],
    [`"order" = '{}'`, /run corrupt .*order\.subject.*another version/s],
  ])('names a row that holds no run: %s', async (change, message) => {
    const { runs } = await stores.open();
    await runs.save(aHeldRun(orderOf('corrupt')));
    await query(stores.url(), `update baton.runs set ${change} where id = 'corrupt'`);
    await expect(runs.find('corrupt')).rejects.toThrow(message);
    expect(await findUnreadableRuns(stores.url(), 3000)).toEqual(['corrupt']);
    await query(stores.url(), `delete from baton.runs where id = 'corrupt'`);
  });

  it('works on without a run that cannot be read, and never takes it for one that is not there', async () => {
    const told: unknown[] = [];
    const log = { ...SILENT, error: (fields: object) => void told.push(fields) };
    const store = await stores.open({ log });
    const { runs } = store;
    const change = aChange();
    const damaged = { ...orderOf('damaged'), change, workflow: 'review', branch: 'baton/42-damaged' };
    const sound = orderOf('sound', damaged.subject.number);
    await runs.save(aSucceededRun(orderOf('earlier', damaged.subject.number)));
    await runs.save(aQueuedRun(sound));
    await runs.save(aHeldRun(damaged));
    await query(stores.url(), `update baton.runs set progress = '{"state":"dancing"}' where id = 'damaged'`);
    const key = keyOf(damaged);
    expect((await runs.open(key)).map(({ order }) => order.id)).toEqual(['sound']);
    expect((await runs.latest(key))?.order.id).toBe('sound');
    await runs.save(aSucceededRun(sound));
    expect((await runs.latest(key))?.state).toBe('succeeded');
    expect(await runs.onBranch(key, damaged.branch)).toBeNull();
    expect(await runs.unreadable(key)).toEqual([{ id: 'damaged', requestedAt: damaged.requestedAt }]);
    expect(await runs.exists('damaged')).toBe(true);
    expect(await runs.hasEnded('damaged')).toBe(false);
    expect(await runs.hasEnded('absent')).toBe(false);
    const { headSha } = change;
    expect(await runs.isJudging(key, { workflow: 'review', headSha })).toBe(true);
    expect(await runs.isJudging(key, { workflow: 'review', headSha: sha('9') })).toBe(false);
    expect(told).toEqual([{ runId: 'damaged', error: expect.any(Error) }]);
    // Its next word puts it in order.
    await runs.save(aCancelledRun(damaged));
    expect(await runs.unreadable(key)).toEqual([]);
    expect(await runs.hasEnded('damaged')).toBe(true);
    expect(await runs.isJudging(key, { workflow: 'review', headSha })).toBe(false);
  });

  it.each([
    [`progress = '{"state":"dancing"}'`, { state: 'held', member: 'architect', workflow: 'spec' }],
    [`"order" = '[]', state = 'dancing'`, { state: 'running', member: null, workflow: '' }],
    [`"order" = '{}', state = 'dancing', ended = true`, { state: 'failed', member: null, workflow: '' }],
  ])('shows the team that an issue is worked on, whatever cannot be read of it: %s', async (change, seen) => {
    const store = await stores.open();
    const order = { ...orderOf('remains'), member: 'architect', workflow: 'spec' };
    const { number, repository } = order.subject;
    await store.runs.save(aHeldRun(order));
    await query(stores.url(), `update baton.runs set ${change} where id = 'remains'`);
    const all = await store.teamRecords({ now: () => '2026-03-02T10:00:00Z' }).runs(repository.id, 100);
    expect(all.filter(({ id }) => id === 'remains')).toMatchObject([{ number, ...seen }]);
    await query(stores.url(), `delete from baton.runs where id = 'remains'`);
  });

  it('ends what cannot be read, by its columns', async () => {
    const { runs } = await stores.open();
    const order = orderOf('run-lost');
    await runs.save({ state: 'queued', order });
    await query(stores.url(), `update baton.runs set "order" = '{}' where id = 'run-lost'`);
    const key = keyOf(order);
    expect(await runs.unreadable(key)).toHaveLength(1);
    await runs.endUnreadable('run-lost');
    expect(await runs.unreadable(key)).toEqual([]);
    expect(await runs.hasEnded('run-lost')).toBe(true);
  });

  it.each([
    ['queued', aQueuedRun, 'refused'],
    ['held', aHeldRun, 'failed'],
  ] as const)(
    'what was %s when it was ended unread is no live run to a version that can read it',
    async (state, build, ended) => {
      const { runs } = await stores.open();
      const order = orderOf(`regained-${state}`);
      const { id } = order;
      await runs.save(build(order));
      await query(stores.url(), `update baton.runs set "order" = '{}' where id = '${id}'`);
      await runs.endUnreadable(id);
      await query(
        stores.url(),
        `update baton.runs set "order" = '${JSON.stringify(order)}' where id = '${id}'`,
      );
      expect(await runs.find(id)).toMatchObject({
        state: ended,
        reason: expect.stringContaining('could not be read'),
      });
      expect(await runs.latest(keyOf(order))).toMatchObject({ state: ended });
    },
  );

  it('does not write without the lease', async () => {
    const lost = { assertHeld: async () => Promise.reject(new LeaseLostError('taken over')) };
    const { runs } = await stores.open({ lease: lost });
    await expect(runs.save(aQueuedRun(orderOf('late')))).rejects.toThrow(LeaseLostError);
    expect(await runs.find('late')).toBeNull();
  });
});
