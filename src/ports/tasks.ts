import type { Sha } from '../domain/sha.ts';
import type { CompletedPhase, Task, TaskCheckpoint, TaskWorktree } from '../domain/task.ts';

/** Where the state of tasks is kept. Each write is on disk when it returns, and changes nothing when it is repeated. */
export interface Tasks {
  /** The active task with this description in this directory; made when there is none. */
  start(order: Pick<Task, 'description' | 'directory'>): Promise<Task>;
  find(id: string): Promise<Task | null>;
  /**
   * Runs work while nobody else, in no process, runs work about the same directory.
   * @throws TaskRefusal when others do not come to an end.
   */
  alone<Result>(directory: string, work: () => Promise<Result>): Promise<Result>;
  complete(id: string, commit: Sha): Promise<void>;
  markRollback(id: string, checkpointId: string | null): Promise<void>;
  /** In the order in which they were completed. */
  completedPhases(id: string): Promise<readonly CompletedPhase[]>;
  /** The first checkpoint that a phase was completed with stays. */
  completePhase(id: string, phase: CompletedPhase): Promise<CompletedPhase>;
  /** By name. */
  worktrees(id: string): Promise<readonly TaskWorktree[]>;
  saveWorktree(id: string, worktree: TaskWorktree): Promise<void>;
  forgetWorktree(id: string, name: string): Promise<void>;
  /** Oldest first. */
  checkpoints(id: string): Promise<readonly TaskCheckpoint[]>;
  /** The same commit for the same phase in the same place is the same checkpoint. */
  addCheckpoint(id: string, draft: Omit<TaskCheckpoint, 'id'>): Promise<TaskCheckpoint>;
}
