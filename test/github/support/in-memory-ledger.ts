import type { Effect, Effects } from '../../../src/ports/effects.ts';
import { RefusedError } from '../../../src/ports/effects.ts';

/** An effect ledger in memory, with the rules of the real one. */
export function createInMemoryEffects(): Effects & { readonly keys: string[] } {
  const done = new Map<string, unknown>();
  const sent = new Set<string>();

  async function transmit<Result>(effect: Effect<Result>): Promise<Result> {
    if (sent.has(effect.key)) {
      const found = await effect.lookUp();
      if (found !== null) {
        return found;
      }
    }
    sent.add(effect.key);
    try {
      return await effect.send();
    } catch (error) {
      if (error instanceof RefusedError) {
        sent.delete(effect.key);
      }
      throw error;
    }
  }

  return {
    keys: [],
    async ensure<Result>(effect: Effect<Result>): Promise<Result> {
      if (!done.has(effect.key)) {
        const result = await transmit(effect);
        this.keys.push(effect.key);
        done.set(effect.key, JSON.parse(JSON.stringify(result)));
      }
      return done.get(effect.key) as Result;
    },
  };
}
