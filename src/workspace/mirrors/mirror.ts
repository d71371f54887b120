import { existsSync } from 'node:fs';
import type { Sha } from '../../domain/sha.ts';
import type { Repository } from '../../domain/subject.ts';
import type { Log } from '../../ports/log.ts';
import { GitError } from '../git/git-error.ts';
import type { Git } from '../git/run-git.ts';
import type { OpenRemote } from '../remote/remote.ts';
import { findMissing } from './find-missing.ts';

/** What is known of one mirror in this process. */
export interface Mirror {
  readonly gitDir: string;
  readonly openRemote: OpenRemote;
  /** As last named by a caller: the id stays, owner and name may change. */
  repository: Repository;
  /** Commits seen in it. */
  known: Set<Sha>;
  /** How often it was made anew, so that work which failed on an old one does not replace a new one. */
  generation: number;
  /** When it was last noted that it is used, on the clock that never goes back. */
  markedAt: number;
}

/** What the work on mirrors needs. */
export interface MirrorTools {
  readonly git: Git;
  readonly log: Log;
  /** Directory for unfinished mirrors. */
  readonly clones: string;
}

/**
 * Which of the commits the mirror lacks: all of them when it does not exist.
 * @throws GitError when the mirror is damaged.
 */
export async function readMissing(
  git: Git,
  mirror: Mirror,
  commits: readonly Sha[],
): Promise<readonly Sha[]> {
  if (!existsSync(mirror.gitDir)) {
    return commits;
  }
  const unknown = commits.filter((commit) => !mirror.known.has(commit));
  if (unknown.length === 0) {
    return [];
  }
  const missing = await findMissing(git, mirror, unknown);
  for (const commit of unknown.filter((one) => !missing.includes(one))) {
    mirror.known.add(commit);
  }
  return missing;
}

/**
 * Whether a failure is the mirror's own: a command on a mirror with all its commits does not fail,
 * unless the mirror is damaged, the disk is full, or a file of a tree cannot be read.
 */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof GitError &&
    error.facts.failure === 'failed' &&
    !error.facts.remote &&
    !/no space left|permission denied/i.test(error.facts.stderr)
  );
}
