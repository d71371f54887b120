import type { ColumnType, Generated } from 'kysely';
import type { TaskWorktree } from '../domain/task.ts';

export interface TasksTable {
  id: string;
  description: string;
  directory: string;
  /** A checkpoint; null when no rollback is under way. */
  rolling_back_to: string | null;
  /** The commit it ended with; null while it is active. */
  completed_as: string | null;
  created_at: Generated<Date>;
}

export interface TaskPhasesTable {
  task_id: string;
  phase: string;
  checkpoint_id: string;
  completed_at: Generated<Date>;
}

export interface TaskWorktreesTable {
  task_id: string;
  name: string;
  path: string;
  branch: string;
  base: string;
  state: TaskWorktree['state'];
}

export interface TaskCheckpointsTable {
  task_id: string;
  number: number;
  sha: string;
  message: string;
  phase: string;
  worktree: string | null;
  branch: string;
  made_at: ColumnType<Date, string, never>;
}
