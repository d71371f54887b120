import { describe, expect, it } from 'vitest';
import { anOrder } from '../support/orders.ts';
import { aHeldRun, aSucceededRun } from '../support/runs.ts';
import { useStores } from './test-store.ts';

describe('src/store/prune-effects', () => {
  const stores = useStores();

  it('forgets what was done, but for runs that are under way', async () => {
    const store = await stores.open();
    const open = aHeldRun(anOrder({ id: 'run-open' }));
    const over = aSucceededRun(anOrder({ id: 'run-over' }));
    await store.runs.save(open);
    await store.runs.save(over);
    for (const runId of ['run-open', 'run-over', null]) {
      await store.effects.ensure({
        key: `of ${runId}`,
        kind: 'comment',
        runId,
        lookUp: async () => null,
        send: async () => 1,
      });
    }
    expect(await store.pruneEffects(60_000, 100)).toBe(0);
    expect(await store.pruneEffects(0, 1)).toBe(1);
    expect(await store.pruneEffects(0, 100)).toBe(1);
    const again: string[] = [];
    for (const runId of ['run-open', 'run-over']) {
      await store.effects.ensure<unknown>({
        key: `of ${runId}`,
        kind: 'comment',
        runId,
        lookUp: async () => null,
        send: async () => void again.push(runId),
      });
    }
    expect(again).toEqual(['run-over']);
  });
});
