import { DBOS } from '@dbos-inc/dbos-sdk';
import { getExecutor } from '@dbos-inc/dbos-sdk/internal/dbos';
import type { Log } from '../../ports/log.ts';
import { fence } from './fence.ts';
import type { KeptConnection } from './kept-connection.ts';
import { SILENCE_MS } from './lease-terms.ts';

interface Suspect {
  readonly id: string;
  readonly state: 'fenced' | 'silent';
}

/**
 * Takes over the unfinished workflows of every executor that is dead, frozen or gone. It is fenced first, so if it comes
 * back it finds its lease lost. Returns how many workflows were taken over.
 *
 * The public `DBOS.resumeWorkflow` would lose the queue, and with it the order within a partition.
 */
export async function takeOver(connection: KeptConnection, executorId: string, log: Log): Promise<number> {
  let taken = 0;
  for (const { id, state } of await findSuspects(connection, executorId)) {
    if (state === 'fenced' || (await fence(connection, { judge: executorId, judged: id }))) {
      const workflows = await getExecutor().recoverPendingWorkflows([id]);
      taken += workflows.length;
      log.info({ executor: id, workflows: workflows.length }, 'took over the work of another process');
    }
  }
  return taken;
}

/** Executors with unfinished workflows about which there is some doubt. One without a row is long gone. */
function findSuspects(connection: KeptConnection, executorId: string): Promise<Suspect[]> {
  return connection.query<{ id: string; state: Suspect['state'] }>(
    `select pending.id, case when e.id is null or e.fenced_at is not null then 'fenced' else 'silent' end as state
     from (
       select distinct executor_id as id from dbos.workflow_status
       where status = 'PENDING' and executor_id <> $1 and application_version = $3
     ) pending left join baton_engine.executors e on e.id = pending.id
     where e.id is null or e.fenced_at is not null or e.renewed_at < clock_timestamp() - $2 * interval '1 ms'`,
    [executorId, SILENCE_MS, DBOS.applicationVersion],
  );
}
