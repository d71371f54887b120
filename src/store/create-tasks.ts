import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Task } from '../domain/task.ts';
import type { Tasks } from '../ports/tasks.ts';
import { createTaskCheckpoints } from './create-task-checkpoints.ts';
import { createTaskWorktrees } from './create-task-worktrees.ts';
import { runAlone } from './run-alone.ts';
import type { Tables } from './tables.ts';

const ACTIVE = { rolling_back_to: null, completed_as: null };

/** The tasks on Postgres. `locks` has the connections that hold locks. */
export function createTasks(db: Kysely<Tables>, locks: Kysely<Tables>): Tasks {
  return {
    async start({ description, directory }) {
      const id = `task-${randomBytes(6).toString('hex')}`;
      await db
        .insertInto('tasks')
        .values({ id, description, directory, ...ACTIVE })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await db
        .selectFrom('tasks')
        .selectAll()
        .where('directory', '=', directory)
        .where('description', '=', description)
        .where('completed_as', 'is', null)
        .executeTakeFirstOrThrow();
      return toTask(row);
    },
    async find(id) {
      const row = await db.selectFrom('tasks').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toTask(row);
    },
    alone: (directory, work) => runAlone(locks, directory, work),
    async complete(id, commit) {
      await db
        .updateTable('tasks')
        .set({ completed_as: commit, rolling_back_to: null })
        .where('id', '=', id)
        .where('completed_as', 'is', null)
        .execute();
    },
    async markRollback(id, checkpointId) {
      await db.updateTable('tasks').set({ rolling_back_to: checkpointId }).where('id', '=', id).execute();
    },
    async completedPhases(id) {
      const rows = await db
        .selectFrom('task_phases')
        .select(['phase', 'checkpoint_id as checkpointId'])
        .where('task_id', '=', id)
        .orderBy('completed_at')
        .execute();
      return rows;
    },
    async completePhase(id, { phase, checkpointId }) {
      return (
        db
          .insertInto('task_phases')
          .values({ task_id: id, phase, checkpoint_id: checkpointId })
          // Nothing changes; the row is only returned when it is written.
          .onConflict((conflict) =>
            conflict.columns(['task_id', 'phase']).doUpdateSet({ phase: sql`excluded.phase` }),
          )
          .returning(['phase', 'checkpoint_id as checkpointId'])
          .executeTakeFirstOrThrow()
      );
    },
    ...createTaskWorktrees(db),
    ...createTaskCheckpoints(db),
  };
}

function toTask(
  row: Pick<Tables['tasks'], 'id' | 'description' | 'directory' | 'rolling_back_to' | 'completed_as'>,
): Task {
  const { id, description, directory, rolling_back_to: rollingBackTo, completed_as: commit } = row;
  return {
    id,
    description,
    directory,
    state: commit === null ? { status: 'active', rollingBackTo } : { status: 'completed', commit },
  };
}
