import { describe, expect, it } from 'vitest';
import type { ModelCall } from '../../src/ports/model-spending.ts';
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
    await modelSpending.record(CALL);
    await modelSpending.record({
      ...CALL,
      step: 'review',
      outputTokens: null,
      costUsd: null,
      countedTokens: 500,
    });
    await modelSpending.record({ ...CALL, runId: 'run-2' });
    await modelSpending.record({ ...CALL, runId: 'run-3', subject: '901#8' });
    await modelSpending.record({ ...CALL, runId: 'run-4', subject: '902#1', repository: '902' });
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
    await store.modelSpending.record(call);
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
});
