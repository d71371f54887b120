import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** Agents of runs are restarted too: `waking_id` is what crashed, and people's runs have no member. */
export const restartsOfAgents: Migration = {
  name: '0016-restarts-of-agents',
  async up(db) {
    await sql`alter table baton.restarts alter column member drop not null`.execute(db);
    await sql`alter table baton.restarts add column role text`.execute(db);
  },
};
