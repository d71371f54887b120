import { z } from 'zod';

/** One of these words. */
export function oneOf<const Word extends string>(words: readonly [Word, ...Word[]]) {
  return z.enum(words, words.length === 1 ? `can only be ${words[0]}` : `must be one of ${words.join(', ')}`);
}
