import type { TaskCheckpoint } from '../../domain/task.ts';
import type { Answer } from '../tool.ts';

/** A checkpoint as agents see it. */
export function showCheckpoint({ id, sha, message, phase, worktree, branch, at }: TaskCheckpoint): Answer {
  return { id, sha, message, phase, worktree, branch, at };
}
