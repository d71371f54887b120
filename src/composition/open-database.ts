import { setTimeout as delay } from 'node:timers/promises';
import type { Settings } from '../config/settings.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../engine/start-embedded-postgres.ts';
import type { Log } from '../ports/log.ts';

/** A database to connect to. */
export interface Database {
  readonly url: string;
  /** Of the embedded server; null for one that somebody else runs. */
  readonly pid: number | null;
  /**
   * Leaves a server alone; stops an embedded one when nobody else uses it. That ends within `DATABASE_STOP_MS`, and the
   * log says when it was not in order.
   */
  close(how?: 'in-order' | 'at-once'): Promise<void>;
}

/** How long the close of a database may last. */
export const DATABASE_STOP_MS = 13_000;
const ORDERLY_MS = 5_000;

/** The database that the operator named, or the embedded one. */
export async function openDatabase(database: Settings['database'], log: Log): Promise<Database> {
  if (database.kind === 'server') {
    return { url: database.url.reveal(), pid: null, close: () => Promise.resolve() };
  }
  const embedded = await startEmbeddedPostgres(database.directory);
  const { pid } = embedded;
  log.info({ how: embedded.how }, 'embedded PostgreSQL is up');
  return {
    // The database that every cluster has: to make another would take longer than the rest of the start.
    url: embedded.url,
    pid,
    async close(how = 'in-order') {
      const limit = new AbortController();
      const late = delay(DATABASE_STOP_MS, 'late' as const, { signal: limit.signal }).catch(
        () => 'late' as const,
      );
      const outcome = await Promise.race([embedded.stop(how === 'in-order' ? ORDERLY_MS : 0), late]);
      limit.abort();
      sayHowItEnded(outcome, { how, pid, log });
    },
  };
}

type Outcome = 'late' | Awaited<ReturnType<EmbeddedPostgres['stop']>>;

/** Others may use it at any stop; after one that was late, whoever looks for what is left should know why it is there. */
function sayHowItEnded(
  outcome: Outcome,
  { how, pid, log }: { readonly how: 'in-order' | 'at-once'; readonly pid: number; readonly log: Log },
): void {
  switch (outcome) {
    case 'stopped':
      return;
    case 'cut-short':
      return log.warn(
        { pid },
        'the embedded PostgreSQL was cut short; it recovers from its log at the next start',
      );
    case 'in-use':
      return how === 'at-once'
        ? log.info({ pid }, 'somebody else uses the embedded PostgreSQL; it is left running')
        : undefined;
    case 'late':
      return log.warn({ pid }, 'the embedded PostgreSQL has not ended in the time of the stop');
    case 'unanswered':
      return log.warn(
        { pid },
        'the embedded PostgreSQL does not say whether it can be stopped; it is left running',
      );
  }
}
