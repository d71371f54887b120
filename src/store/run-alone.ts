import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { TaskRefusal } from '../domain/task-refusal.ts';
import type { Tables } from './tables.ts';

/** How long somebody waits for others before it is told to come again. */
const PATIENCE_MS = 20_000;

/** PostgreSQL's code for a lock that was waited for too long. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Runs work under a lock that all processes share. The lock is the connection's, so a process that dies gives it back.
 * @throws TaskRefusal when it could not be had in time.
 */
export async function runAlone<Result>(
  locks: Kysely<Tables>,
  directory: string,
  work: () => Promise<Result>,
): Promise<Result> {
  return locks.transaction().execute(async (transaction) => {
    try {
      await sql`set local lock_timeout = ${sql.lit(PATIENCE_MS)}`.execute(transaction);
      await sql`select pg_advisory_xact_lock(hashtextextended(${`baton task ${directory}`}, 0))`.execute(
        transaction,
      );
    } catch (error) {
      throw isTimeout(error) ? toBusy(directory) : error;
    }
    return work();
  });
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE;
}

function toBusy(directory: string): TaskRefusal {
  return new TaskRefusal({
    what: `another call was at work for more than ${PATIENCE_MS / 1000} s`,
    where: directory,
    remedy: 'Nothing was changed. Repeat the call.',
  });
}
