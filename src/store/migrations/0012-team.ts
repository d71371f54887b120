import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** The standing team: where it works, who is awake, and what crashed. */
export const team: Migration = {
  name: '0012-team',
  async up(db) {
    await sql`
      create table baton.team_repositories (
        repository_id bigint primary key,
        owner text not null,
        name text not null,
        installation_id bigint not null,
        settings json not null,
        launched_at timestamptz not null,
        pushed_at text not null
      )`.execute(db);
    await sql`
      create table baton.wakings (
        id text primary key,
        repository_id bigint not null,
        member text not null,
        reason text not null,
        state text not null check (state in ('running', 'restarting', 'ended', 'given-up')),
        began_at timestamptz not null,
        ended_at timestamptz,
        "on" text not null,
        crashes integer not null default 0,
        note text not null default ''
      )`.execute(db);
    await sql`
      create unique index wakings_alone on baton.wakings (repository_id, member)
      where state in ('running', 'restarting')`.execute(db);
    await sql`create index wakings_newest on baton.wakings (repository_id, member, began_at desc)`.execute(
      db,
    );
    await sql`
      create table baton.restarts (
        id bigint generated always as identity primary key,
        waking_id text not null,
        repository_id bigint not null,
        member text not null,
        crash integer not null,
        why text not null,
        wait_ms bigint,
        at timestamptz not null,
        unique (waking_id, crash)
      )`.execute(db);
  },
};
