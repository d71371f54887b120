import type { KeptConnection } from '../replica/kept-connection.ts';

/** Remembers the request and tells every process; both or neither. */
export async function requestAbort(connection: KeptConnection, workflowId: string): Promise<void> {
  await connection.query(
    `with request as (
       insert into baton_engine.aborts (workflow_id, requested_at_ms)
       values ($1, (extract(epoch from clock_timestamp()) * 1000)::bigint)
       on conflict (workflow_id) do update set requested_at_ms = excluded.requested_at_ms
       returning workflow_id
     ) select pg_notify('baton_engine', 'abort:' || workflow_id) from request`,
    [workflowId],
  );
}

/** Whether a message that was there at the request is still unread. It survives the process which was to be aborted. */
export async function isAbortPending(connection: KeptConnection, workflowId: string): Promise<boolean> {
  const rows = await connection.query(
    `select 1 from baton_engine.aborts a join dbos.notifications n on n.destination_uuid = a.workflow_id
     where a.workflow_id = $1 and not n.consumed and n.created_at_epoch_ms <= a.requested_at_ms limit 1`,
    [workflowId],
  );
  return rows.length > 0;
}
