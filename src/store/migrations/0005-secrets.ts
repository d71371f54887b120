import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

export const secrets: Migration = {
  name: '0005-secrets',
  async up(db) {
    await sql`create table baton.secrets (name text primary key, value text not null)`.execute(db);
  },
};
