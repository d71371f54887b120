import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** What interactive agents drive over MCP. */
export const tasks: Migration = {
  name: '0008-tasks',
  async up(db) {
    await sql`
      create table baton.tasks (
        id text primary key,
        description text not null,
        directory text not null,
        rolling_back_to text,
        completed_as text,
        created_at timestamptz not null default clock_timestamp()
      )`.execute(db);
    // Repeating start_task finds the task instead of making another.
    await sql`
      create unique index tasks_active on baton.tasks (directory, md5(description))
      where completed_as is null`.execute(db);
    await sql`
      create table baton.task_phases (
        task_id text not null references baton.tasks (id),
        phase text not null,
        checkpoint_id text not null,
        completed_at timestamptz not null default clock_timestamp(),
        primary key (task_id, phase)
      )`.execute(db);
    await sql`
      create table baton.task_worktrees (
        task_id text not null references baton.tasks (id),
        name text not null,
        path text not null,
        branch text not null,
        base text not null,
        state text not null,
        primary key (task_id, name)
      )`.execute(db);
    await sql`
      create table baton.task_checkpoints (
        task_id text not null references baton.tasks (id),
        number integer not null,
        sha text not null,
        message text not null,
        phase text not null,
        worktree text,
        branch text not null,
        made_at timestamptz not null,
        primary key (task_id, number)
      )`.execute(db);
    await sql`
      create unique index task_checkpoints_once
      on baton.task_checkpoints (task_id, phase, sha, coalesce(worktree, ''))`.execute(db);
  },
};
