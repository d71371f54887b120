import { describe, expect, it } from 'vitest';
import type { Lease } from '../../src/ports/lease.ts';
import type { ModelCall, ModelSpending } from '../../src/ports/model-spending.ts';
import { query } from './query.ts';
import { useStores } from './test-store.ts';

const CALL: ModelCall = {
  runId: 'run-1',
  repository: '901',
  subject: '901#7',
  step: 'implement',
  attempt: 1,
  model: 'claude-x',
  inputTokens: 1000,
  cacheReadTokens: 800,
  cacheWriteTokens: null,
  outputTokens: 50,
  costUsd: 0.25,
  countedTokens: 1050,
  durationMs: 1234,
};

/** A call from its beginning to its end. */
async function record(spending: ModelSpending, call: ModelCall): Promise<void> {
  await spending.end(await spending.begin(call), call);
}

const NOTHING = { costUsd: 0, tokens: 0, unpricedTokens: 0 };

describe('src/store/create-model-spending', () => {
  const stores = useStores();

  it('sums up by run, subject, repository and day, and keeps what has no price apart', async () => {
    const { modelSpending } = await stores.open();
    expect(await modelSpending.spent(CALL)).toEqual({
      run: NOTHING,
      subject: NOTHING,
      repository: NOTHING,
      day: NOTHING,
    });
    await record(modelSpending, CALL);
    await record(modelSpending, {
      ...CALL,
      step: 'review',
      outputTokens: null,
      costUsd: null,
      countedTokens: 500,
    });
    await record(modelSpending, { ...CALL, runId: 'run-2' });
    await record(modelSpending, { ...CALL, runId: 'run-3', subject: '901#8' });
    await record(modelSpending, { ...CALL, runId: 'run-4', subject: '902#1', repository: '902' });
    expect(await modelSpending.spent(CALL)).toEqual({
      run: { costUsd: 0.25, tokens: 1550, unpricedTokens: 500 },
      subject: { costUsd: 0.5, tokens: 2600, unpricedTokens: 500 },
      repository: { costUsd: 0.75, tokens: 3650, unpricedTokens: 500 },
      day: { costUsd: 1, tokens: 4700, unpricedTokens: 500 },
    });
  });

  it('begins anew with each day and each month, and forgets what is old', async () => {
    const store = await stores.open();
    const call = { ...CALL, runId: 'old', subject: '903#1', repository: '903' };
    await record(store.modelSpending, call);
    await query(
      stores.url(),
      `update baton.model_usage
       set at = date_trunc('month', now(), 'UTC') - interval '1 second' where run_id = 'old'`,
    );
    const before = await store.modelSpending.spent(call);
    expect(before.run.costUsd).toBe(0.25);
    expect(before.subject.costUsd).toBe(0.25);
    expect(before.repository).toEqual(NOTHING);
    expect(await store.pruneOlder('model_usage', 400 * 24 * 60 * 60_000, 10)).toBe(0);
    await query(
      stores.url(),
      `update baton.model_usage set at = now() - interval '401 days' where run_id = 'old'`,
    );
    expect(await store.pruneOlder('model_usage', 400 * 24 * 60 * 60_000, 10)).toBe(1);
    expect((await store.modelSpending.spent(call)).run).toEqual(NOTHING);
  });

  it('counts a call under way once it has ended, or whoever made it has died', async () => {
    const dead = new Set<string>();
    function leaseOf(self: string): Lease {
      return { assertHeld: async () => undefined, holders: { self, hasLost: async (one) => dead.has(one) } };
    }
    const one = (await stores.open({ lease: leaseOf('one') })).modelSpending;
    const other = (await stores.open({ lease: leaseOf('other') })).modelSpending;
    const call = { ...CALL, runId: 'run-9', subject: '909#1', repository: '909' };
    const most = { ...call, inputTokens: null, outputTokens: null, costUsd: 2, countedTokens: 9000 };
    const unknown = { inputTokens: null, outputTokens: null, costUsd: null };
    await record(one, call);
    expect(await other.used(call)).toEqual({ inputTokens: 1000, outputTokens: 50, costUsd: 0.25 });
    const [lost, forgotten] = [await one.begin(most), await one.begin(most)];
    await one.forget(forgotten);
    await other.countLost();
    expect((await other.spent(call)).run).toEqual({ costUsd: 0.25, tokens: 1050, unpricedTokens: 0 });
    expect(await other.used(call)).toEqual(unknown);
    dead.add('one');
    await other.countLost();
    expect((await other.spent(call)).run).toEqual({ costUsd: 2.25, tokens: 10_050, unpricedTokens: 0 });
    expect(await other.used(call)).toEqual(unknown);
    expect(await other.used({ ...call, attempt: 2 })).toEqual({
      inputTokens: 0,
      outputTokens: 0,
      costUsd: 0,
    });
    // It was only frozen.
    await one.end(lost, call);
    expect((await other.spent(call)).run).toEqual({ costUsd: 0.5, tokens: 2100, unpricedTokens: 0 });
  });
});
