import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/**
 * The default compression of Postgres costs more than the rest of the insert, so the payload is compressed with lz4
 * where the server has it and stored as it is elsewhere.
 */
export const deliveries: Migration = {
  name: '0001-deliveries',
  async up(db) {
    await sql`
      create table baton.deliveries (
        guid text primary key,
        event text not null,
        payload text not null,
        received_at timestamptz not null default now(),
        dispatched_at timestamptz
      )`.execute(db);
    await sql`
      do $$ begin
        if exists (
          select from pg_settings where name = 'default_toast_compression' and 'lz4' = any (enumvals)
        ) then
          alter table baton.deliveries alter payload set compression lz4;
        else
          alter table baton.deliveries alter payload set storage external;
        end if;
      end $$`.execute(db);
    await sql`
      create index deliveries_pending on baton.deliveries (received_at) where dispatched_at is null`.execute(
      db,
    );
    await sql`
      create index deliveries_dispatched on baton.deliveries (dispatched_at) where dispatched_at is not null`.execute(
      db,
    );
  },
};
