import { setTimeout as sleep } from 'node:timers/promises';
import type { Effect } from '../ports/effects.ts';
import { RefusedError } from '../ports/effects.ts';
import type { Patience } from './patience.ts';

/** Asks whether the effect happened, again when the question itself fails. Throws the last failure. */
export async function lookUpEffect<Result>(
  effect: Effect<Result>,
  { lookUpRetriesMs }: Patience,
): Promise<Result | null> {
  for (const delay of lookUpRetriesMs) {
    try {
      return await effect.lookUp();
    } catch (error) {
      if (isAbort(error) || error instanceof RefusedError) {
        throw error;
      }
    }
    await sleep(delay);
  }
  return effect.lookUp();
}

/** Somebody wants this stopped: nothing more is sent or asked now. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
