import { withSession } from './with-session.ts';

const SESSION = { name: 'baton pruning', connectWithinMs: 10_000, answerWithinMs: 60_000 };

/**
 * Deletes at most `limit` workflows that ended longer ago than `olderThanMs`, with all that was remembered of them,
 * and says how many. A call stays as long as its caller is under way: the caller may still ask for its answer.
 * An id that is deleted could be started again, so keep them longer than anything can ask for it.
 *
 * In a session of its own: it can take seconds, for which the lease must not wait.
 */
export async function pruneEnded(
  databaseUrl: string,
  { olderThanMs, limit }: { readonly olderThanMs: number; readonly limit: number },
): Promise<number> {
  return withSession(databaseUrl, SESSION, async (client) => {
    const { rows } = await client.query<{ count: string }>(DELETE, [olderThanMs, limit]);
    return Number(rows[0]?.count ?? 0);
  });
}

/** Messages and events go with their workflow; steps, inputs, outputs and aborts have no foreign key and are named here. */
const DELETE = `
  with gone as (
    delete from dbos.workflow_status where workflow_uuid in (
      select ended.workflow_uuid from dbos.workflow_status ended
      left join dbos.workflow_status caller on caller.workflow_uuid = ended.parent_workflow_id
      where ended.status in ('SUCCESS', 'ERROR', 'CANCELLED')
        and ended.completed_at < (extract(epoch from now()) * 1000 - $1)::bigint
        and coalesce(caller.status, 'SUCCESS') not in ('PENDING', 'ENQUEUED', 'DELAYED')
      limit $2)
    returning workflow_uuid),
  steps as (delete from dbos.operation_outputs where workflow_uuid in (select workflow_uuid from gone)),
  inputs as (delete from dbos.workflow_input where workflow_uuid in (select workflow_uuid from gone)),
  outputs as (delete from dbos.workflow_output where workflow_uuid in (select workflow_uuid from gone)),
  aborts as (delete from baton_engine.aborts where workflow_id in (select workflow_uuid from gone))
  select count(*) from gone`;
