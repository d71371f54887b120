import { z } from 'zod';
import type { Sha } from './sha.ts';

/** How many characters a description may have. */
const LONGEST_DESCRIPTION = 10_000;

/** A line that can stand in a commit message without becoming a trailer. */
const lineSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\u2028\u2029]+$/u, 'must be one line without control characters');

export const taskIdSchema = z
  .string()
  .regex(/^task-[0-9a-f]{12}$/, 'must be a task_id as start_task gave it, such as task-0123456789ab');

export const descriptionSchema = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_DESCRIPTION)
  .refine((text) => !text.includes('\0'), 'must not hold a NUL character');

export const phaseNameSchema = lineSchema;

/** Becomes part of a branch and of a directory, so it can be nothing else than a simple word. */
export const worktreeNameSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9_-]{0,48}[a-z0-9])?$/,
    'must be 1 to 50 lower-case letters, digits, hyphens and underscores, with a letter or digit at both ends',
  );

export const checkpointIdSchema = z
  .string()
  .regex(/^cp-[1-9]\d{0,5}$/, 'must be the id of a checkpoint as create_checkpoint gave it, such as cp-1');

export const directorySchema = z
  .string()
  .min(1)
  .max(4096)
  .startsWith('/', 'must be an absolute path')
  .refine((path) => !path.includes('\0'), 'must not hold a NUL character');

/** What an interactive agent works on: one repository of the operator, from a description to the last commit. */
export interface Task {
  readonly id: string;
  readonly description: string;
  /** Real path of the repository. */
  readonly directory: string;
  readonly state:
    | {
        readonly status: 'active';
        /** The checkpoint of a rollback that has begun and not ended. */
        readonly rollingBackTo: string | null;
      }
    | { readonly status: 'completed'; readonly commit: Sha };
}

/** A phase that was reported done, and the checkpoint that stands for it. */
export interface CompletedPhase {
  readonly phase: string;
  readonly checkpointId: string;
}

/** A git worktree of a task, on a branch of its own. */
export interface TaskWorktree {
  readonly name: string;
  readonly path: string;
  readonly branch: string;
  /** Where its branch began. */
  readonly base: Sha;
  /** `making` and `removing` are what a crash leaves: doing the same again finishes it. */
  readonly state: 'making' | 'ready' | 'removing';
}

/** A commit that seals what was done for a phase. */
export interface TaskCheckpoint {
  readonly id: string;
  readonly sha: Sha;
  readonly message: string;
  readonly phase: string;
  /** The worktree it was made in; null for the repository itself. */
  readonly worktree: string | null;
  /** The branch it was made on. */
  readonly branch: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}
