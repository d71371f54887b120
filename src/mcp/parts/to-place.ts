import type { Task, TaskCheckpoint, TaskWorktree } from '../../domain/task.ts';
import { TaskRefusal } from '../../domain/task-refusal.ts';
import type { TaskPlace } from '../../ports/task-trees.ts';

/** A place, with the name of its worktree. */
export interface NamedPlace {
  readonly place: TaskPlace;
  readonly worktree: string | null;
}

/**
 * The place that a path names: the repository of the task, or one of its worktrees, written as the tools gave it.
 * @throws TaskRefusal for any other path, also one that leads there.
 */
export function toPlace(task: Task, worktrees: readonly TaskWorktree[], path: string): NamedPlace {
  const given = path.replace(/(?<=.)\/+$/, '');
  if (given === task.directory) {
    return { place: { directory: task.directory, worktree: null }, worktree: null };
  }
  const worktree = worktrees.find((one) => one.path === given && one.state === 'ready');
  if (worktree === undefined) {
    throw new TaskRefusal({
      what: 'this is neither the repository of the task nor one of its worktrees',
      where: path,
      remedy: `Use ${task.directory}, or a path that list_worktrees shows for ${task.id}.`,
    });
  }
  return { place: { directory: task.directory, worktree }, worktree: worktree.name };
}

/** The place where a checkpoint was made. @throws TaskRefusal when its worktree is gone. */
export function toPlaceOf(
  task: Task,
  worktrees: readonly TaskWorktree[],
  checkpoint: TaskCheckpoint,
): TaskPlace {
  const worktree =
    worktrees.find(({ name, state }) => name === checkpoint.worktree && state === 'ready') ?? null;
  if (checkpoint.worktree !== null && worktree === null) {
    throw new TaskRefusal({
      what: `the worktree ${checkpoint.worktree} of this checkpoint is gone`,
      where: `${task.id}, ${checkpoint.id}`,
      remedy: 'Make it again with create_worktree, then repeat the call.',
    });
  }
  return { directory: task.directory, worktree };
}

/** @throws TaskRefusal when the task has no such checkpoint. */
export function pickCheckpoint(
  task: Task,
  checkpoints: readonly TaskCheckpoint[],
  id: string,
): TaskCheckpoint {
  const found = checkpoints.find((checkpoint) => checkpoint.id === id);
  if (found === undefined) {
    throw new TaskRefusal({
      what: `the task has no checkpoint ${id}`,
      where: task.id,
      remedy: 'list_checkpoints shows those it has.',
    });
  }
  return found;
}

/** Below this reference the commits of a task are kept. */
export function toKeptRefs(task: Task): string {
  return `refs/baton/${task.id}`;
}
