/** What is persisted where, and the columns (or paths in them) that tell one state of a row from another. */
const WATCHED: readonly (readonly [table: string, ...columns: string[]])[] = [
  ['dbos.workflow_status', 'workflow_uuid', 'status'],
  ['dbos.operation_outputs', 'workflow_uuid', 'function_id', 'function_name'],
  ['dbos.notifications', 'destination_uuid', 'message_uuid', 'consumed'],
  ['baton.deliveries', 'guid', 'dispatched_at'],
  ['baton.effects', 'key', 'state'],
  ['baton.runs', 'id', 'state', 'progress.step', 'progress.attempt', 'progress'],
  ['baton.surfaces', 'owner', 'key', 'hash'],
];

/** Where tables of Baton are. */
const SCHEMAS = ['baton', 'baton_engine', 'dbos'];

/** Any numbers; advisory locks are per database. */
const GATE = 1;
const GRAVE = 2;

/**
 * A trigger on every watched table. It fires at the very end of a transaction, one transaction after the other. A
 * transition that was not seen before and for which `killAfter` holds (SQL on `name` and `n`, its number) dooms the
 * process when it commits: from then on no other can commit, each waits for a lock that the watcher never gives away.
 * The watcher hears of the commit, kills, ends the sessions that wait, and clears the doom.
 *
 * The doom is a sequence, because that is seen at once by every snapshot; as it names a transaction, one that is rolled
 * back after all dooms nobody. Who holds the gate has all its row locks already, so nothing can wait in a circle.
 */
export function toTriggers(killAfter: string): string {
  const triggers = WATCHED.map(
    ([table, ...columns]) =>
      `create constraint trigger crash after insert or update on ${table} deferrable initially deferred for each row
       execute function crash.meet(${columns.map((path) => `'${path}'`).join(', ')});`,
  );
  return `
    create schema crash;
    create table crash.transitions (name text primary key, commit xid8 not null, n bigint);
    create sequence crash.n;
    create sequence crash.doom minvalue 0 start 0;
    create function crash.is_doomed() returns boolean language sql volatile as $$
      select coalesce(pg_xact_status(last_value::text::xid8) = 'committed', false) from crash.doom
    $$;
    create function crash.name(schema text, tab text, new_row jsonb, paths text[]) returns text language sql as $$
      select schema || '.' || tab || string_agg(
        ' ' || case when value like '{%' or length(value) > 300 then md5(value) else coalesce(value, '-') end,
        '' order by place
      ) from (
        select new_row #>> string_to_array(path, '.') as value, place
        from unnest(paths) with ordinality as named (path, place)
      ) as shown
    $$;
    create function crash.meet() returns trigger language plpgsql as $$
    <<this>>
    declare
      name text := crash.name(tg_table_schema, tg_table_name, to_jsonb(new), tg_argv);
      n bigint;
      kills boolean := false;
    begin
      perform pg_advisory_xact_lock(${GATE});
      if crash.is_doomed() then
        perform pg_advisory_xact_lock(${GRAVE});
      end if;
      insert into crash.transitions values (name, pg_current_xact_id()) on conflict do nothing;
      if found then
        n := nextval('crash.n');
        update crash.transitions as seen set n = this.n where seen.name = this.name;
        kills := ${killAfter};
      end if;
      if kills then
        perform setval('crash.doom', pg_current_xact_id()::text::bigint);
      end if;
      perform pg_notify('crash', json_build_object('name', name, 'commit', pg_current_xact_id()::text, 'kills', kills)::text);
      return null;
    end $$;
    ${triggers.join('\n')}
    ${NOTE_OTHERS}
    select pg_advisory_lock(${GRAVE});
  `;
}

/** Tells what is written besides: other tables, and deletions. Rows are only added, so nobody waits for anybody. */
const NOTE_OTHERS = `
  create table crash.others (name text);
  create function crash.note() returns trigger language plpgsql as $$
  begin
    insert into crash.others values (concat_ws(' ', tg_table_schema || '.' || tg_table_name, tg_argv[0]));
    return null;
  end $$;
  do $do$
  declare
    one regclass;
  begin
    for one in
      select oid from pg_class
      where relkind in ('r', 'p') and relnamespace::regnamespace::text in (${SCHEMAS.map((name) => `'${name}'`).join(', ')})
    loop
      if exists (select from pg_trigger where tgrelid = one and tgname = 'crash') then
        execute format('create trigger crash_other after delete on %s for each row execute function crash.note(deleted)', one);
      else
        execute format('create trigger crash_other after insert or update or delete on %s for each row execute function crash.note()', one);
      end if;
    end loop;
  end $do$;
`;
