import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** `json`, not `jsonb`: it keeps the text as written, so output with an escaped NUL can be stored. */
export const runs: Migration = {
  name: '0003-runs',
  async up(db) {
    await sql`
      create table baton.runs (
        id text primary key,
        subject_key text not null,
        repository_id bigint not null,
        state text not null,
        ended boolean not null,
        "order" json not null,
        progress json not null,
        created_at timestamptz not null default clock_timestamp(),
        updated_at timestamptz not null default clock_timestamp()
      )`.execute(db);
    await sql`create index runs_subject on baton.runs (subject_key, ended, created_at)`.execute(db);
  },
};
