/** What one call used, as far as its answer has told. Null: not told. */
export interface Metered {
  /** All input, what came from a cache or went into one included. */
  readonly inputTokens: number | null;
  readonly cacheReadTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly outputTokens: number | null;
  /** The answer's own figure; few providers give one. */
  readonly costUsd: number | null;
}

export const UNTOLD: Metered = {
  inputTokens: null,
  cacheReadTokens: null,
  cacheWriteTokens: null,
  outputTokens: null,
  costUsd: null,
};

/** From one JSON value of an answer (the whole, or one event of a stream) to what is known then. Never throws. */
export type ReadUsage = (value: unknown, soFar: Metered) => Metered;

/** No answer of a model is longer. */
const MAX_TOKENS = 1_000_000_000;

/** A count of tokens, or null when it is none that can be true. */
export function toCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS
    ? value
    : null;
}

/** The fields of a JSON object; none of anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>) // An object of JSON has names for keys.
    : {};
}
