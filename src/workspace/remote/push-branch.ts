import type { Sha } from '../../domain/sha.ts';
import { RefusedError } from '../../ports/effects.ts';
import { GitError } from '../git/git-error.ts';
import type { Git } from '../git/run-git.ts';
import { toOwnRef } from './branch-name.ts';
import type { Remote } from './remote.ts';
import { readRemoteHead } from './remote-refs.ts';

/** The branch does not point to what was expected: somebody else has written it. Nothing was pushed. */
export class BranchMovedError extends RefusedError {
  readonly to: Sha | null;

  constructor(branch: string, to: Sha | null) {
    super(`${branch} points to ${to ?? 'nothing'} on the remote, which is not what this run left there.`);
    this.to = to;
  }
}

/** The remote does not let the App change what its runners execute. Nothing was pushed. */
export class WorkflowFileError extends RefusedError {
  readonly path: string;

  constructor(path: string) {
    super(`The App may not change ${path} without the permission "workflows".`);
    this.path = path;
  }
}

export interface BranchUpdate {
  readonly branch: string;
  readonly commit: Sha;
  readonly expected: Sha | null;
}

const PUSH_TIMEOUT_MS = 5 * 60_000;

/**
 * Pushes with a lease: the remote itself compares the branch with what is expected, so nobody's work is overwritten.
 * @throws BranchMovedError; WorkflowFileError; RefusedError when the remote refuses for another reason; GitError when it is unknown
 *   whether the branch was written.
 */
export async function pushBranch(
  git: Git,
  place: { readonly gitDir: string; readonly remote: Remote },
  update: BranchUpdate,
): Promise<void> {
  const ref = toOwnRef(update.branch);
  try {
    await git({
      ...place.remote.call,
      gitDir: place.gitDir,
      args: [
        'push',
        '--quiet',
        '--no-verify',
        '--no-signed',
        '--no-follow-tags',
        `--force-with-lease=${ref}:${update.expected ?? ''}`,
        '--end-of-options',
        place.remote.url,
        `${update.commit}:${ref}`,
      ],
      timeoutMs: PUSH_TIMEOUT_MS,
    });
  } catch (error) {
    if (!(error instanceof GitError) || error.facts.failure !== 'failed') {
      throw error;
    }
    const head = await readRemoteHead(git, place.remote, update.branch);
    if (head === update.commit) {
      return;
    }
    if (head !== update.expected) {
      throw new BranchMovedError(update.branch, head);
    }
    throw toRefusal(error) ?? error;
  }
}

/** What the remote has said no to, and will again; null when it has not. */
function toRefusal(error: GitError): RefusedError | null {
  const file = /refusing to allow .{1,100} workflow `(?<path>[^`\n]+)` without/.exec(error.facts.stderr);
  if (file?.groups?.['path'] !== undefined) {
    return new WorkflowFileError(file.groups['path']);
  }
  return isRefusal(error) ? new RefusedError(error.message, { cause: error }) : null;
}

function isRefusal(error: GitError): boolean {
  return /\[(?:remote )?rejected\]|error: 40[134]|authentication failed/i.test(error.facts.stderr);
}
