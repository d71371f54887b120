import { describe, expect, test } from 'vitest';
import type { Measures, Reading } from '../../src/ports/measures.ts';
import { useStores } from './test-store.ts';

const stores = useStores();

function reading(metric: string, value: number): Reading {
  return { metric, labels: { b: '1', a: '2' }, value };
}

async function valueOf(measures: Measures, metric: string): Promise<number | undefined> {
  return (await measures.read()).find((one) => one.metric === metric)?.value;
}

describe('src/store/create-measures', () => {
  test('what a run gives counts once, however often and by whomever it is told', async () => {
    const [one, other] = [await stores.open(), await stores.open()];
    const told = { sums: [reading('once', 2)], lasts: [] };
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : other).measures.tell('run-1', told)),
    );
    await one.measures.tell('run-2', told);
    expect(await valueOf(one.measures, 'once')).toBe(4);
    await other.measures.tell('run-1', { sums: [reading('once', 5)], lasts: [] });
    expect(await valueOf(one.measures, 'once')).toBe(7);
  });

  test('keeps what a run gave before when it is told of something else, and never becomes less', async () => {
    const { measures } = await stores.open();
    await measures.tell('run-3', { sums: [reading('merge', 1)], lasts: [] });
    await measures.tell('run-3', { sums: [reading('steps', 3)], lasts: [] });
    await measures.tell('run-3', { sums: [reading('merge', 1), reading('steps', 1)], lasts: [] });
    expect([await valueOf(measures, 'merge'), await valueOf(measures, 'steps')]).toEqual([1, 3]);
  });

  test('adds, and puts the last in the place of the one before', async () => {
    const { measures } = await stores.open();
    await measures.add([reading('added', 1.5)]);
    await measures.add([reading('added', 1)]);
    await measures.add([]);
    await measures.tell('run-4', { sums: [], lasts: [reading('last', 9)] });
    await measures.tell('run-5', { sums: [], lasts: [reading('last', 4)] });
    expect([await valueOf(measures, 'added'), await valueOf(measures, 'last')]).toEqual([2.5, 4]);
    expect((await measures.read()).find(({ metric }) => metric === 'last')?.labels).toEqual({
      a: '2',
      b: '1',
    });
  });

  test('counts what is so now', async () => {
    const { measures, inbox } = await stores.open();
    await inbox.put({ guid: 'waits', event: 'ping', payload: {} });
    const now = await measures.now();
    expect(now.find(({ metric }) => metric === 'baton_inbox_waiting')?.value).toBe(1);
    await inbox.markDispatched(['waits']);
    expect((await measures.now()).find(({ metric }) => metric === 'baton_inbox_waiting')?.value).toBe(0);
  });
});
