import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

export const effects: Migration = {
  name: '0002-effects',
  async up(db) {
    await sql`
      create table baton.effects (
        key text primary key,
        kind text not null,
        run_id text,
        state text not null check (state in ('sent', 'done')),
        owner text not null,
        result json,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`.execute(db);
    await sql`create index effects_run on baton.effects (run_id) where run_id is not null`.execute(db);
  },
};
