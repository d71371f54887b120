import { DBOS } from '@dbos-inc/dbos-sdk';
import { getExecutor } from '@dbos-inc/dbos-sdk/internal/dbos';
import type { Log } from '../../ports/log.ts';
import { LEASE_MS, LOCK_KEY } from './executor-lease.ts';
import type { KeptConnection } from './kept-connection.ts';
import { markFenced } from './mark-fenced.ts';

/** A free lock counts only when the holder has not renewed for so long: a broken session is made again sooner. */
const SILENCE_MS = 1_200;

interface Suspect {
  readonly id: string;
  readonly state: 'fenced' | 'expired' | 'silent';
}

/**
 * Takes over the unfinished workflows of every executor that is dead, frozen or gone. It is marked as fenced first, so
 * if it comes back it finds its lease lost. Returns how many workflows were taken over.
 *
 * The public `DBOS.resumeWorkflow` would lose the queue, and with it the order within a partition.
 */
export async function takeOver(connection: KeptConnection, executorId: string, log: Log): Promise<number> {
  let taken = 0;
  for (const suspect of await findSuspects(connection, executorId)) {
    if (await fence(connection, suspect)) {
      const workflows = await getExecutor().recoverPendingWorkflows([suspect.id]);
      taken += workflows.length;
      log.info(
        { executor: suspect.id, workflows: workflows.length },
        'took over the work of another process',
      );
    }
  }
  return taken;
}

/** Executors with unfinished workflows about which there is some doubt. One without a row is long gone. */
function findSuspects(connection: KeptConnection, executorId: string): Promise<Suspect[]> {
  return connection.query<{ id: string; state: Suspect['state'] }>(
    `select pending.id, case
       when e.id is null or e.fenced_at is not null then 'fenced'
       when e.renewed_at < clock_timestamp() - $2 * interval '1 ms' then 'expired'
       else 'silent' end as state
     from (
       select distinct executor_id as id from dbos.workflow_status
       where status = 'PENDING' and executor_id <> $1 and application_version = $4
     ) pending left join baton_engine.executors e on e.id = pending.id
     where e.id is null or e.fenced_at is not null or e.renewed_at < clock_timestamp() - $3 * interval '1 ms'`,
    [executorId, LEASE_MS, SILENCE_MS, DBOS.applicationVersion],
  );
}

/** Makes sure that the suspect cannot act any more; false when it turns out to be alive. */
async function fence(connection: KeptConnection, suspect: Suspect): Promise<boolean> {
  switch (suspect.state) {
    case 'fenced':
      return true;
    case 'expired':
      return markFenced(connection, suspect.id, LEASE_MS);
    case 'silent':
      return fenceIfDead(connection, suspect.id);
  }
}

async function fenceIfDead(connection: KeptConnection, id: string): Promise<boolean> {
  const [row] = await connection.query<{ free: boolean }>(
    `select pg_try_advisory_lock(${LOCK_KEY}) as free`,
    [id],
  );
  if (row?.free !== true) {
    return false;
  }
  try {
    return await markFenced(connection, id, SILENCE_MS);
  } finally {
    await connection.query(`select pg_advisory_unlock(${LOCK_KEY})`, [id]);
  }
}
