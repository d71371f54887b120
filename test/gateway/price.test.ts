import { describe, expect, it } from 'vitest';
import type { Metered } from '../../src/gateway/meter/metered.ts';
import { createPriceCall } from '../../src/gateway/price.ts';
import type { Provider } from '../../src/gateway/provider.ts';

const PRICES = {
  own: { input: 2, output: 8, cached: 0.5, cacheWrite: 4 },
  plain: { input: 2, output: 8 },
  free: { input: 0, output: 0 },
  'claude-sonnet-4-5': { input: 1, output: 1 },
};

function used(inputTokens: number | null, outputTokens: number | null, rest: Partial<Metered> = {}): Metered {
  return { inputTokens, outputTokens, cacheReadTokens: null, cacheWriteTokens: null, costUsd: null, ...rest };
}

function price(kind: Provider['kind'], model: string, metered: Metered, url = 'http://127.0.0.1/v1') {
  return createPriceCall({ kind, url }, PRICES)(model, metered);
}

const MILLION = 1_000_000;

describe('src/gateway/price', () => {
  it.each<[string, Provider['kind'], string, Metered, number | null]>([
    ['the figure of the answer first', 'openai', 'own', used(1, 1, { costUsd: 0.07 }), 0.07],
    ["the operator's price", 'openai', 'own', used(MILLION, MILLION / 2), 6],
    [
      "the operator's price of a cache",
      'anthropic',
      'own',
      used(MILLION, 0, { cacheReadTokens: 500_000, cacheWriteTokens: 100_000 }),
      0.8 + 0.25 + 0.4,
    ],
    [
      'other input where a cache has no price',
      'openai',
      'plain',
      used(MILLION, 0, { cacheReadTokens: 400_000 }),
      2,
    ],
    ["the operator's price over the list", 'anthropic', 'claude-sonnet-4-5', used(MILLION, 0), 1],
    ['nothing where that is the price', 'openai-compatible', 'free', used(MILLION, MILLION), 0],
    ['the list for Anthropic', 'anthropic', 'claude-haiku-4-5', used(MILLION, MILLION), 6],
    [
      'the list for Anthropic with a cache',
      'anthropic',
      'claude-haiku-4-5',
      used(MILLION, 0, { cacheReadTokens: MILLION, cacheWriteTokens: 0 }),
      0.1,
    ],
    ['the list for OpenAI', 'openai', 'gpt-5', used(MILLION, MILLION), 11.25],
    [
      'the list for OpenAI with a cache',
      'openai',
      'gpt-5',
      used(MILLION, 0, { cacheReadTokens: MILLION }),
      0.125,
    ],
    ['nobody: a model that nobody knows', 'openai', 'no-such-model', used(1, 1), null],
    [
      'nobody: a server of this machine that takes a known name',
      'openai-compatible',
      'gpt-5',
      used(1, 1),
      null,
    ],
    ['nobody: tokens that were not told', 'openai', 'gpt-5', used(null, 3), null],
    ['nobody: output that was not told', 'openai', 'own', used(3, null), null],
    ['nobody: a name that every object has', 'openai', 'constructor', used(1, 1), null],
  ])('asks %s', async (_what, kind, model, metered, usd) => {
    const cost = await price(kind, model, metered);
    if (usd === null) {
      expect(cost).toBeNull();
    } else {
      expect(cost).toBeCloseTo(usd, 6);
    }
  });

  it('knows a seller by the address', async () => {
    const url = 'https://openrouter.ai/api/v1';
    expect(await price('openai-compatible', 'openai/gpt-5', used(MILLION, 0), url)).toBeCloseTo(1.25, 6);
  });
});
