import type { Kysely } from 'kysely';
import type { Tasks } from '../ports/tasks.ts';
import type { Tables } from './tables.ts';

/** Which worktrees a task has. */
export function createTaskWorktrees(
  db: Kysely<Tables>,
): Pick<Tasks, 'worktrees' | 'saveWorktree' | 'forgetWorktree'> {
  return {
    async worktrees(id) {
      return db
        .selectFrom('task_worktrees')
        .select(['name', 'path', 'branch', 'base', 'state'])
        .where('task_id', '=', id)
        .orderBy('name')
        .execute();
    },
    async saveWorktree(id, { name, path, branch, base, state }) {
      await db
        .insertInto('task_worktrees')
        .values({ task_id: id, name, path, branch, base, state })
        .onConflict((conflict) => conflict.columns(['task_id', 'name']).doUpdateSet({ state }))
        .execute();
    },
    async forgetWorktree(id, name) {
      await db.deleteFrom('task_worktrees').where('task_id', '=', id).where('name', '=', name).execute();
    },
  };
}
