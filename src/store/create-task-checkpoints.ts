import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { TaskCheckpoint } from '../domain/task.ts';
import type { Tasks } from '../ports/tasks.ts';
import type { Tables } from './tables.ts';

type Draft = Omit<TaskCheckpoint, 'id'>;

/** The checkpoints of a task. Whoever adds one is alone with the task, so that numbers have no gaps. */
export function createTaskCheckpoints(db: Kysely<Tables>): Pick<Tasks, 'checkpoints' | 'addCheckpoint'> {
  return {
    async checkpoints(id) {
      const rows = await select(db, id).orderBy('number').execute();
      return rows.map(toCheckpoint);
    },
    async addCheckpoint(id, draft) {
      const { sha, message, phase, worktree, branch, at } = draft;
      await db
        .insertInto('task_checkpoints')
        .values({
          task_id: id,
          number: sql<number>`(select coalesce(max(number), 0) + 1 from baton.task_checkpoints where task_id = ${id})`,
          sha,
          message,
          phase,
          worktree,
          branch,
          made_at: at,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await select(db, id)
        .where('phase', '=', phase)
        .where('sha', '=', sha)
        .where('worktree', 'is not distinct from', worktree)
        .executeTakeFirstOrThrow();
      return toCheckpoint(row);
    },
  };
}

function select(db: Kysely<Tables>, id: string) {
  return db
    .selectFrom('task_checkpoints')
    .select(['number', 'sha', 'message', 'phase', 'worktree', 'branch', 'made_at'])
    .where('task_id', '=', id);
}

function toCheckpoint({ number, made_at, ...rest }: Draftless): TaskCheckpoint {
  return { id: `cp-${number}`, ...rest, at: made_at.toISOString() };
}

type Draftless = Omit<Draft, 'at'> & { readonly number: number; readonly made_at: Date };
