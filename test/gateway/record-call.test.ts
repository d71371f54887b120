import { describe, expect, it } from 'vitest';
import { answerJson } from '../support/fake-provider.ts';
import { createMemorySpending } from '../support/memory-spending.ts';
import { ask, REQUEST, useGateways } from './lines.ts';

const BODY = { model: 'model-a', messages: [] };

describe('gateway/record-call', () => {
  const gateways = useGateways();

  it('writes a call down before it leaves, as the most that it can cost', async () => {
    const { fake, gateway, spending } = await gateways.open();
    const whileAsked: unknown[] = [];
    fake.answer((_asked, response) => {
      whileAsked.push(...spending.underWay.values());
      response.destroy();
    });
    const line = await gateway.open(REQUEST);
    await ask(line, { ...BODY, max_tokens: 500 });
    await line.close();
    expect(whileAsked).toEqual([
      expect.objectContaining({ model: 'model-a', outputTokens: null, costUsd: expect.any(Number) }),
    ]);
    expect(whileAsked[0]).toHaveProperty(
      'countedTokens',
      Math.ceil(JSON.stringify({ ...BODY, max_tokens: 500 }).length / 4) + 500,
    );
    // The model was at work, and nobody tells how much.
    expect(spending.calls).toMatchObject([{ inputTokens: null, costUsd: null }]);
    expect(spending.underWay.size).toBe(0);
  });

  it('forgets a call for which no model has worked, and makes none that it cannot write down', async () => {
    const { fake, gateway, spending } = await gateways.open();
    fake.answer(answerJson({ error: { message: 'no' } }, 500));
    const line = await gateway.open(REQUEST);
    expect((await ask(line, BODY)).status).toBe(500);
    await line.close();
    expect([...spending.calls, ...spending.underWay]).toEqual([]);
    const blind = await gateways.open('openai-compatible', {
      spending: { ...createMemorySpending(), begin: () => Promise.reject(new Error('the database is gone')) },
    });
    expect((await ask(await blind.gateway.open(REQUEST), BODY)).status).toBe(503);
    expect(blind.fake.asked).toEqual([]);
  });
});
