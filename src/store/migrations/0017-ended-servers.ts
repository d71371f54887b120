import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** When a server ended in order: its last word, for whoever asks how it stands. */
export const endedServers: Migration = {
  name: '0017-ended-servers',
  async up(db) {
    await sql`alter table baton.agent_health add column ended_at timestamptz`.execute(db);
  },
};
