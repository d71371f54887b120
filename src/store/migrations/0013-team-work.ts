import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** What members have taken, how long things took, and whom the operator has stopped. */
export const teamWork: Migration = {
  name: '0013-team-work',
  async up(db) {
    await sql`
      create table baton.claims (
        repository_id bigint not null,
        number integer not null,
        member text not null,
        run_id text not null,
        claimed_at timestamptz not null,
        passed_over_at timestamptz,
        primary key (repository_id, number)
      )`.execute(db);
    await sql`
      create table baton.task_durations (
        id bigint generated always as identity primary key,
        member text not null,
        task_type text not null,
        duration_ms bigint not null,
        at timestamptz not null
      )`.execute(db);
    await sql`create index task_durations_member on baton.task_durations (member, task_type)`.execute(db);
    await sql`create index task_durations_at on baton.task_durations (at)`.execute(db);
    await sql`
      create table baton.team_switches (
        member text primary key,
        stopped boolean not null,
        at timestamptz not null
      )`.execute(db);
    await sql`create index runs_repository on baton.runs (repository_id, created_at desc)`.execute(db);
  },
};
