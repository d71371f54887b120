import { setTimeout as wait } from 'node:timers/promises';
import { GitError } from '../git/git-error.ts';
import type { Git } from '../git/run-git.ts';
import type { Remote } from '../remote/remote.ts';

/** Time for one fetch; the first one of a large repository is slow. */
const FETCH_TIMEOUT_MS = 15 * 60_000;
const LOCKED = /cannot lock ref|unable to create '.*\.lock'|another git process/i;
const TRIES = 3;

/** Brings all branches (or the given commit alone) into the mirror. Tags and submodules stay away. */
export async function fetchMirror(
  git: Git,
  gitDir: string,
  wanted: { remote: Remote; commit?: string },
): Promise<void> {
  const { remote, commit } = wanted;
  const refspec = commit ?? '+refs/heads/*:refs/heads/*';
  const prune = commit === undefined ? ['--prune'] : [];
  for (let attempt = 1; ; attempt += 1) {
    try {
      await git({
        ...remote.call,
        gitDir,
        args: [
          'fetch',
          '--quiet',
          ...prune,
          '--no-tags',
          '--no-write-fetch-head',
          '--no-recurse-submodules',
          '--end-of-options',
          remote.url,
          refspec,
        ],
        timeoutMs: FETCH_TIMEOUT_MS,
      });
      return;
    } catch (error) {
      if (attempt === TRIES || !isLocked(error)) {
        throw error;
      }
      // Another process fetches into the same mirror; it is done soon, or its lock is stale.
      await wait(200 * attempt);
    }
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof GitError && error.facts.failure === 'failed' && LOCKED.test(error.facts.stderr);
}
