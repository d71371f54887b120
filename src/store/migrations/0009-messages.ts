import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** What members of the team tell each other. Times are the clock's, not the database's. */
export const messages: Migration = {
  name: '0009-messages',
  async up(db) {
    await sql`
      create table baton.messages (
        id bigint generated always as identity primary key,
        repository_id bigint not null,
        key text not null,
        sender text not null,
        recipient text not null,
        type text not null,
        content json not null,
        priority integer not null,
        status text not null default 'pending'
          check (status in ('pending', 'in_progress', 'completed', 'failed')),
        taken_by text,
        taken_at timestamptz,
        takes integer not null default 0,
        reason text,
        created_at timestamptz not null,
        raised_at timestamptz not null,
        completed_at timestamptz,
        unique (repository_id, key)
      )`.execute(db);
    await sql`
      create index messages_open on baton.messages (repository_id, recipient, priority, id)
      where status in ('pending', 'in_progress')`.execute(db);
    await sql`
      create index messages_ended on baton.messages (completed_at) where completed_at is not null`.execute(
      db,
    );
  },
};
