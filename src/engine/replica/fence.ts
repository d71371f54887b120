import type { KeptConnection } from './kept-connection.ts';
import { LEASE_MS, LOCK_KEY, REST_MS, SILENCE_MS } from './lease-terms.ts';

/** One executor judges whether another has lost its lease. */
export interface Judgement {
  readonly judge: string;
  readonly judged: string;
}

/**
 * Ends the lease of an executor that lets it run out, or whose session has ended; false when it may be alive.
 *
 * One statement, by the one time at which the database received it: the judge must not stand still between looking at
 * itself and at the other. Silence counts only while the judge was steady itself, since a machine or a database that
 * stands still silences all. The row of the judged is what its renewal updates, so one of the two comes first and the
 * other sees it. The lock, when it is free, is taken for the statement alone.
 */
export async function fence(connection: KeptConnection, { judge, judged }: Judgement): Promise<boolean> {
  const rows = await connection.query(FENCE, [judged, judge, REST_MS, SILENCE_MS, LEASE_MS]);
  return rows.length > 0;
}

const FENCE = `
  update baton_engine.executors judged set fenced_at = clock_timestamp()
  from baton_engine.executors judge
  where judged.id = $1 and judge.id = $2 and judged.id <> judge.id
    and judged.fenced_at is null and judge.fenced_at is null
    and judge.renewed_at > statement_timestamp() - $3 * interval '1 ms'
    and greatest(judged.renewed_at, judge.steady_from) < statement_timestamp() - interval '1 ms' *
      case when pg_try_advisory_xact_lock(${LOCK_KEY}) then $4::int else $5::int end
  returning judged.id`;
