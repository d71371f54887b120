import type { Client } from 'pg';
import { LEASE_MS } from './executor-lease.ts';
import { withSession } from './with-session.ts';

/** Who works with a database, and what waits there. */
export interface EngineReading {
  /** Processes that hold a lease. */
  readonly alive: readonly string[];
  /** Workflows that wait in a queue for their turn, by the name of the queue. */
  readonly queued: ReadonlyMap<string, number>;
}

const NOBODY: EngineReading = { alive: [], queued: new Map() };

/** @throws Error when the database cannot be reached. */
export async function inspectEngine(databaseUrl: string, connectWithinMs: number): Promise<EngineReading> {
  const session = { name: 'baton inspection', connectWithinMs, answerWithinMs: connectWithinMs };
  return withSession(databaseUrl, session, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('baton_engine.executors') is not null
         and to_regclass('dbos.workflow_status') is not null as there`,
    );
    return rows[0]?.there === true ? read(client) : NOBODY;
  });
}

async function read(client: Client): Promise<EngineReading> {
  const alive = await client.query<{ id: string }>(
    `select id from baton_engine.executors
     where fenced_at is null and renewed_at > clock_timestamp() - make_interval(secs => $1) order by id`,
    [LEASE_MS / 1000],
  );
  const queued = await client.query<{ queue: string; count: string }>(
    `select queue_name as queue, count(*) as count from dbos.workflow_status
     where status = 'ENQUEUED' and queue_name is not null group by queue_name`,
  );
  return {
    alive: alive.rows.map(({ id }) => id),
    queued: new Map(queued.rows.map(({ queue, count }) => [queue, Number(count)])),
  };
}
