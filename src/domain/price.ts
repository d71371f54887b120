import { z } from 'zod';

const perMillion = z.number().nonnegative().max(100_000);

/** What a model costs, in US dollars per million tokens. */
const priceSchema = z.strictObject({
  input: perMillion,
  output: perMillion,
  /** Input that comes from a cache; as other input when absent. */
  cached: perMillion.optional(),
  /** Input that is written into a cache; as other input when absent. */
  cacheWrite: perMillion.optional(),
});
export type Price = z.infer<typeof priceSchema>;

/** Prices by the name of the model, as it is asked for. */
export const pricesSchema = z.record(z.string().min(1).max(200), priceSchema);
export type Prices = z.infer<typeof pricesSchema>;
