import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** When a surface was written last, so that it can be forgotten. What is there already counts from now. */
export const timesOfSurfaces: Migration = {
  name: '0018-times-of-surfaces',
  async up(db) {
    await sql`alter table baton.surfaces add column written_at timestamptz not null default now()`.execute(
      db,
    );
    await sql`create index surfaces_written on baton.surfaces (written_at)`.execute(db);
  },
};
