import { describe, expect, it } from 'vitest';
import type { Budget } from '../../src/domain/budget.ts';
import { answerChat, answerJson } from '../support/fake-provider.ts';
import { createMemorySpending } from '../support/memory-spending.ts';
import { ask, REQUEST, useGateways } from './lines.ts';

const BODY = { model: 'model-a', messages: [] };
/** By the price of `model-a` one call costs a dollar: 90,000 tokens of input, 1,000 of output. */
const DOLLAR = answerChat('hi', { promptTokens: 90_000, completionTokens: 1000 });

function budget(scope: Budget['scope'], value: number, unit: 'usd' | 'tokens' = 'usd'): Budget {
  return { scope, limit: { unit, value } };
}

describe('src/gateway/check-budgets', () => {
  const gateways = useGateways();

  it.each(['run', 'subject', 'repository', 'day'] as const)(
    'refuses the call after the budget of a %s',
    async (scope) => {
      const { fake, gateway, spending } = await gateways.open();
      fake.answer(DOLLAR);
      const line = await gateway.open({ ...REQUEST, budgets: [budget(scope, 2)] });
      expect((await ask(line, BODY)).status).toBe(200);
      expect(line.refusal()).toBeNull();
      expect((await ask(line, BODY)).status).toBe(200);
      const refused = await ask(line, BODY);
      expect(refused.status).toBe(402);
      expect(JSON.parse(refused.text)).toMatchObject({ error: { type: 'insufficient_quota' } });
      expect(fake.asked).toHaveLength(2);
      expect(spending.calls).toHaveLength(2);
      expect(line.refusal()).toMatchObject({ kind: 'budget', scope, message: expect.stringContaining('$2') });
      const isAnew = scope === 'day' || scope === 'repository';
      expect(line.refusal()?.until === null).toBe(!isAnew);
    },
  );

  it('counts tokens, and what another line has used', async () => {
    const { fake, gateway } = await gateways.open();
    fake.answer(DOLLAR);
    const budgets = [budget('run', 100_000, 'tokens')];
    const first = await gateway.open({ ...REQUEST, budgets });
    await ask(first, BODY);
    await ask(first, BODY);
    const second = await gateway.open({ ...REQUEST, step: 'review', budgets });
    expect((await ask(second, BODY)).status).toBe(402);
  });

  it('warns from four fifths on', async () => {
    const { fake, gateway } = await gateways.open();
    fake.answer(DOLLAR);
    const line = await gateway.open({ ...REQUEST, budgets: [budget('run', 2.4), budget('day', 100)] });
    await ask(line, BODY);
    expect((await ask(line, BODY)).status).toBe(200);
    await line.close();
    expect(line.nearlyUsedUp()).toEqual([{ ...budget('run', 2.4), used: 2 }]);
    expect(line.usage()).toEqual({ inputTokens: 180_000, outputTokens: 2000, costUsd: 2 });
  });

  it('counts a model without a price by its tokens against money, and never as nothing', async () => {
    const { fake, gateway } = await gateways.open();
    fake.answer(answerChat('hi', { promptTokens: 150_000, completionTokens: 50_000 }));
    const line = await gateway.open({ ...REQUEST, budgets: [budget('run', 2)] });
    expect((await ask(line, { ...BODY, model: 'model-b' })).status).toBe(200);
    expect((await ask(line, { ...BODY, model: 'model-b' })).status).toBe(402);
    expect(line.usage()).toEqual({ inputTokens: 150_000, outputTokens: 50_000, costUsd: null });
  });

  it('refuses when it cannot see what was used', async () => {
    const { fake, gateway } = await gateways.open('openai-compatible', {
      spending: {
        ...createMemorySpending(),
        spent: () => Promise.reject(new Error('the database is gone')),
      },
    });
    fake.answer(DOLLAR);
    const line = await gateway.open({ ...REQUEST, budgets: [budget('run', 2)] });
    expect((await ask(line, BODY)).status).toBe(503);
    expect(fake.asked).toEqual([]);
  });

  it('remembers that the provider has no quota, until it answers again', async () => {
    const { fake, gateway } = await gateways.open();
    const line = await gateway.open(REQUEST);
    fake.answer(answerJson({ error: { message: 'slow down' } }, 429, { 'retry-after': '7' }));
    const limited = await ask(line, BODY);
    expect(limited.status).toBe(429);
    expect(limited.headers['retry-after']).toBe('7');
    // Once is for the client to sit out.
    expect(line.refusal()).toBeNull();
    for (let times = 0; times < 3; times += 1) {
      await ask(line, BODY);
    }
    expect(line.refusal()).toMatchObject({ kind: 'quota', until: expect.any(String) });
    fake.answer(DOLLAR);
    expect((await ask(line, BODY)).status).toBe(200);
    expect(line.refusal()).toBeNull();
  });

  it('does not ask again before a quota that lasts has come back', async () => {
    const { fake, gateway } = await gateways.open();
    const line = await gateway.open(REQUEST);
    fake.answer(answerJson({ error: { message: 'enough for today' } }, 429, { 'retry-after': '7200' }));
    await ask(line, BODY);
    expect(line.refusal()).toMatchObject({ kind: 'quota' });
    const again = await ask(line, BODY);
    expect(again.status).toBe(429);
    expect(Number(again.headers['retry-after'])).toBeGreaterThan(7000);
    expect(fake.asked).toHaveLength(1);
  });

  it('takes only so many calls at the same time', async () => {
    const { fake, gateway } = await gateways.open();
    const { promise: all, resolve: goOn } = Promise.withResolvers<void>();
    fake.answer(async (asked, response) => {
      await all;
      await DOLLAR(asked, response);
    });
    const line = await gateway.open(REQUEST);
    const statuses: number[] = [];
    const calls = Array.from({ length: 12 }, async () => {
      statuses.push((await ask(line, BODY)).status);
    });
    // Whoever came only after the others had gone on would find room.
    await expect.poll(() => statuses).toEqual([429, 429, 429, 429]);
    goOn();
    await Promise.all(calls);
    expect(statuses.slice(4)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(fake.asked).toHaveLength(8);
  });
});
