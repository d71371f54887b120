import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

export const commentEdits: Migration = {
  name: '0006-comment-edits',
  async up(db) {
    await sql`
      create table baton.comment_edits (
        comment_id bigint primary key,
        body text not null,
        edited_at timestamptz not null
      )`.execute(db);
  },
};
