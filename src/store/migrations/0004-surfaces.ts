import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

export const surfaces: Migration = {
  name: '0004-surfaces',
  async up(db) {
    await sql`
      create table baton.surfaces (
        owner text not null,
        key text not null,
        remote_id bigint not null,
        url text not null,
        hash text not null,
        primary key (owner, key)
      )`.execute(db);
  },
};
