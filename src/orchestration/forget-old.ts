import type { Log } from '../ports/log.ts';

/** Records that are of no use once they are old. */
export interface Forgettable {
  readonly what: string;
  /** How long they are kept, in milliseconds. */
  readonly keptMs: number;
  /** Deletes at most `limit` that are older, and says how many. */
  readonly prune: (olderThanMs: number, limit: number) => Promise<number>;
}

/** Few enough that nobody waits for the database meanwhile. */
const PRUNE_LIMIT = 500;

/** Forgets what is old, some at a time, so that the database does not grow for ever. What fails does not hold up the rest. */
export async function forgetOld(all: readonly Forgettable[], log: Log): Promise<void> {
  for (const old of all) {
    try {
      log.debug({ what: old.what, forgotten: await forgetAll(old) }, 'old records are forgotten');
    } catch (error) {
      log.warn({ what: old.what, error }, 'old records could not be forgotten; it will be tried again');
    }
  }
}

async function forgetAll({ keptMs, prune }: Forgettable): Promise<number> {
  let forgotten = 0;
  let last = PRUNE_LIMIT;
  while (last === PRUNE_LIMIT) {
    last = await prune(keptMs, PRUNE_LIMIT);
    forgotten += last;
  }
  return forgotten;
}
