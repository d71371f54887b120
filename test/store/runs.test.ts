import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/run.ts';
import { LeaseLostError } from '../../src/ports/lease.ts';
import { anOrder } from '../support/orders.ts';
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

  it.each([
    [`progress = '{"state":"dancing"}'`, /run corrupt .*Invalid/s],
    [`progress = '[1]'`, /run corrupt .*cannot be read/s],
    [`"order" = '{}'`, /run corrupt .*order\.subject.*another version/s],
  ])('names a row that holds no run: %s', async (change, message) => {
    const { runs } = await stores.open();
    await runs.save(aHeldRun(orderOf('corrupt')));
    await query(stores.url(), `update baton.runs set ${change} where id = 'corrupt'`);
    await expect(runs.find('corrupt')).rejects.toThrow(message);
    await query(stores.url(), `delete from baton.runs where id = 'corrupt'`);
  });

  it('does not write without the lease', async () => {
    const lost = { assertHeld: async () => Promise.reject(new LeaseLostError('taken over')) };
    const { runs } = await stores.open({ lease: lost });
    await expect(runs.save(aQueuedRun(orderOf('late')))).rejects.toThrow(LeaseLostError);
    expect(await runs.find('late')).toBeNull();
  });
});
