/** Of English and code a token is seldom shorter; of other writing a character of three bytes is about one. */
const BYTES_PER_TOKEN = 3;

/** About how many tokens a model takes a text for, rather too many than too few: providers count each in their way. */
export function estimateTokens(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / BYTES_PER_TOKEN);
}

/** The beginning of a text that takes about so many tokens. Characters stay whole. */
export function firstTokens(text: string, tokens: number): string {
  const bytes = new TextEncoder().encode(text).subarray(0, Math.max(0, tokens) * BYTES_PER_TOKEN);
  // Not at its end yet, a decoder keeps back what of a character has come so far.
  return new TextDecoder().decode(bytes, { stream: true });
}
