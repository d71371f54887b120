import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** One row per call to a model that has ended. */
export const modelUsage: Migration = {
  name: '0007-model-usage',
  async up(db) {
    await sql`
      create table baton.model_usage (
        id bigint generated always as identity primary key,
        run_id text not null,
        repository text not null,
        subject text not null,
        step text not null,
        attempt integer not null,
        model text not null,
        input_tokens bigint,
        cache_read_tokens bigint,
        cache_write_tokens bigint,
        output_tokens bigint,
        cost_usd double precision,
        counted_tokens bigint not null,
        duration_ms bigint not null,
        at timestamptz not null default clock_timestamp()
      )`.execute(db);
    await sql`create index model_usage_run on baton.model_usage (run_id)`.execute(db);
    await sql`create index model_usage_subject on baton.model_usage (subject)`.execute(db);
    await sql`create index model_usage_repository on baton.model_usage (repository, at)`.execute(db);
    await sql`create index model_usage_at on baton.model_usage (at)`.execute(db);
  },
};
