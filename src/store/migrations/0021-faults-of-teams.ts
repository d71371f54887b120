import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** What is wrong with the newest settings of a team; those before hold until it is mended. */
export const faultsOfTeams: Migration = {
  name: '0021-faults-of-teams',
  async up(db) {
    await sql`alter table baton.team_repositories add column fault text`.execute(db);
  },
};
