import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/**
 * Sums over all runs, which survive whatever is forgotten, and what each run has given to them, so that nothing counts
 * twice. Series are few: their labels are from closed sets.
 */
export const measures: Migration = {
  name: '0010-measures',
  async up(db) {
    await sql`
      create table baton.measures (
        series text primary key,
        value double precision not null
      )`.execute(db);
    await sql`
      create table baton.run_measures (
        run_id text primary key,
        given jsonb not null
      )`.execute(db);
    await sql`create index runs_state on baton.runs (state)`.execute(db);
  },
};
