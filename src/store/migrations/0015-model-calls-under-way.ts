import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** A row stands before its call leaves, so that a call under way at a crash is counted, as the most that it can have cost. */
export const modelCallsUnderWay: Migration = {
  name: '0015-model-calls-under-way',
  async up(db) {
    await sql`
      alter table baton.model_usage
        add column state text not null default 'ended' check (state in ('under-way', 'ended', 'lost')),
        add column holder text`.execute(db);
    await sql`
      create index model_usage_under_way on baton.model_usage (holder) where state = 'under-way'`.execute(db);
    // What one attempt has used is read when an agent of it begins.
    await sql`drop index baton.model_usage_run`.execute(db);
    await sql`create index model_usage_run on baton.model_usage (run_id, step, attempt)`.execute(db);
  },
};
