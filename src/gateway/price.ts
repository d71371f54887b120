import type { Price, Prices } from '../domain/price.ts';
import type { Metered } from './meter/metered.ts';
import type { Provider } from './provider.ts';

/** What a call cost in US dollars; null when nobody knows. */
export type PriceCall = (model: string, metered: Metered) => Promise<number | null>;

/** Whose prices the table of `genai-prices` has. Others sell the same models for another price, or for none. */
const SELLERS: Readonly<Record<Provider['kind'], string | null>> = {
  anthropic: 'anthropic',
  bedrock: 'aws',
  vertex: 'google',
  openai: 'openai',
  'openai-compatible': null,
};

/** Prices calls: the answer's own figure, else the operator's price, else the public price list, else unknown. */
export function createPriceCall(provider: Pick<Provider, 'kind' | 'url'>, prices: Prices): PriceCall {
  return async (model, metered) => {
    if (metered.costUsd !== null) {
      return metered.costUsd;
    }
    if (metered.inputTokens === null || metered.outputTokens === null) {
      return null;
    }
    const own = Object.hasOwn(prices, model) ? prices[model] : undefined;
    return own === undefined ? await byPriceList(provider, model, metered) : byPrice(own, metered);
  };
}

function byPrice({ input, output, cached = input, cacheWrite = input }: Price, metered: Metered): number {
  const read = metered.cacheReadTokens ?? 0;
  const written = metered.cacheWriteTokens ?? 0;
  const fresh = Math.max(0, (metered.inputTokens ?? 0) - read - written);
  return (
    (fresh * input + read * cached + written * cacheWrite + (metered.outputTokens ?? 0) * output) / 1_000_000
  );
}

/** The list is large, so it is loaded when the first call is priced. */
async function byPriceList(
  { kind, url }: Pick<Provider, 'kind' | 'url'>,
  model: string,
  metered: Metered,
): Promise<number | null> {
  const { calcPrice } = await import('@pydantic/genai-prices');
  const seller = SELLERS[kind];
  const usage = {
    input_tokens: metered.inputTokens ?? 0,
    output_tokens: metered.outputTokens ?? 0,
    cache_read_tokens: metered.cacheReadTokens ?? 0,
    cache_write_tokens: metered.cacheWriteTokens ?? 0,
  };
  try {
    const priced = calcPrice(
      usage,
      model,
      seller === null ? { providerApiUrl: url } : { providerId: seller },
    );
    return priced?.total_price ?? null;
  } catch {
    // It refuses what it does not know, too.
    return null;
  }
}
