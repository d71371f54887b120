import { Client } from 'pg';

/** What is persisted where, and the columns that tell one state of a row from another. */
const WATCHED: readonly (readonly [table: string, ...columns: string[]])[] = [
  ['dbos.workflow_status', 'workflow_uuid', 'status'],
  ['dbos.operation_outputs', 'workflow_uuid', 'function_id'],
  ['baton.deliveries', 'guid', 'dispatched_at'],
  ['baton.effects', 'key', 'state'],
  ['baton.runs', 'id', 'progress'],
  ['baton.surfaces', 'owner', 'key', 'hash'],
];

/** Names the new state of a row. Long values go by their digest, because a notification has little room. */
const ANNOUNCE = `
  create schema crash;
  create function crash.announce() returns trigger language plpgsql as $$
  begin
    perform pg_notify('transitions', tg_table_schema || '.' || tg_table_name || (
      select string_agg(' ' || case when length(value) > 300 then md5(value) else coalesce(value, '-') end, '' order by place)
      from (
        select to_jsonb(new) ->> name as value, place from unnest(tg_argv) with ordinality as named (name, place)
      ) as values
    ));
    return null;
  end $$;
`;

/** Listens for persisted transitions. */
export interface TransitionWatch {
  close(): Promise<void>;
}

/**
 * Tells each transition right after its commit. The tables must be there, so a Baton must have been started once. The
 * same transition made again, as after a crash, has the same name.
 */
export async function watchTransitions(
  databaseUrl: string,
  onTransition: (name: string) => void,
): Promise<TransitionWatch> {
  const client = new Client({ connectionString: databaseUrl });
  // The database is dropped with everybody's sessions at the end of a test.
  client.on('error', () => undefined);
  await client.connect();
  await client.query(ANNOUNCE);
  for (const [table, ...columns] of WATCHED) {
    await client.query(
      `create trigger crash after insert or update on ${table} for each row
       execute function crash.announce(${columns.map((name) => `'${name}'`).join(', ')})`,
    );
  }
  client.on('notification', ({ payload }) => onTransition(payload ?? ''));
  await client.query('listen transitions');
  return { close: () => client.end() };
}
