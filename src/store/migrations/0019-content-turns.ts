import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** When each installation made, or will make, content on GitHub. Unlogged: after a crash of the server the worst is a "not now". */
export const contentTurns: Migration = {
  name: '0019-content-turns',
  async up(db) {
    await sql`
      create unlogged table baton.content_turns (
        installation_id bigint primary key,
        times timestamptz[] not null
      )`.execute(db);
  },
};
