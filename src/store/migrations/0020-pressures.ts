import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** What kept a member from a part of its work, so that it is woken when that is over. */
export const pressures: Migration = {
  name: '0020-pressures',
  async up(db) {
    await sql`alter table baton.wakings add column pressures json not null default '[]'`.execute(db);
    await sql`create index runs_open on baton.runs (repository_id) where not ended`.execute(db);
  },
};
