import type { Sha } from '../domain/sha.ts';
import type { TaskWorktree } from '../domain/task.ts';

/** Where files of a task lie: in the repository itself, or in one of its worktrees. */
export interface TaskPlace {
  /** Real path of the repository. */
  readonly directory: string;
  readonly worktree: Pick<TaskWorktree, 'path' | 'branch'> | null;
}

/** What a checkpoint's commit says. */
export interface TaskSeal {
  readonly subject: string;
  /** `Baton-*` trailers by name. */
  readonly trailers: Readonly<Record<string, string>>;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Full name of a ref below which commits are kept that no branch may hold any more. */
  readonly keepUnder: string;
}

/**
 * Git work in repositories of the operator. Nothing that a repository's configuration, attributes or hooks name is ever
 * run. Every function throws a TaskRefusal where a person or agent has to change something first.
 */
export interface TaskTrees {
  /** Waits for the end of git work that a crashed process has left under way. Whoever writes does this first. */
  settle(): Promise<void>;
  /** The real path of a directory that is a repository and that the operator allows. */
  admit(directory: string): Promise<string>;
  /** The commit that the repository itself stands on. */
  readHead(directory: string): Promise<Sha>;
  /** Text of the first of these files that is there, in the files of the repository itself; no link is followed. */
  readText(directory: string, paths: readonly string[]): Promise<{ path: string; text: string } | null>;
  /** Where the worktree of this name would lie. */
  toWorktreePath(taskId: string, name: string): string;
  /** Finishes a worktree that was begun. What is in one that was ready is left as it is. */
  ensureWorktree(directory: string, worktree: TaskWorktree): Promise<void>;
  /** Removes the worktree with all that is in it. Safe to call when it is gone. */
  removeWorktree(directory: string, path: string): Promise<void>;
  /** Removes a branch whose commits the repository's own HEAD has; keeps any other. */
  removeMergedBranch(directory: string, branch: string): Promise<'removed' | 'kept'>;
  /** Whether there is something that is not committed, new files included. */
  hasChanges(place: TaskPlace): Promise<boolean>;
  /** Commits all changes on the branch that is checked out; without changes it is the commit that is there. */
  seal(place: TaskPlace, seal: TaskSeal): Promise<{ commit: Sha; message: string; branch: string }>;
  /** Puts branch and files back to a commit. What was committed since is kept below `keepUnder`; what was not is lost. */
  reset(place: TaskPlace, to: { commit: Sha; branch: string; keepUnder: string }): Promise<void>;
  /** Forgets what was kept below this ref. */
  dropKept(directory: string, keepUnder: string): Promise<void>;
  close(): Promise<void>;
}
