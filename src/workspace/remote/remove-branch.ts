import type { Sha } from '../../domain/sha.ts';
import type { Git } from '../git/run-git.ts';
import { toOwnRef } from './branch-name.ts';
import type { Remote } from './remote.ts';
import { listRefs } from './remote-refs.ts';

/** A branch on the remote, and where it points. */
export interface OwnBranch {
  readonly branch: string;
  readonly head: Sha;
}

const PUSH_TIMEOUT_MS = 60_000;

/**
 * The branches of the remote whose names begin so.
 * @throws Error when others than ours could begin so.
 */
export async function listOwnBranches(
  git: Git,
  remote: Remote,
  prefix: string,
): Promise<readonly OwnBranch[]> {
  const ref = toOwnRef(prefix);
  const lines = await listRefs(git, remote, [`${ref}*`]);
  return lines
    .filter(({ name }) => name.startsWith(ref))
    .map(({ name, value }) => ({ branch: name.slice('refs/heads/'.length), head: value }));
}

/** Removes a branch as long as it points to where it was seen. */
export async function removeBranch(
  git: Git,
  place: { readonly gitDir: string; readonly remote: Remote },
  { branch, head }: OwnBranch,
): Promise<void> {
  const ref = toOwnRef(branch);
  await git({
    ...place.remote.call,
    gitDir: place.gitDir,
    args: [
      'push',
      '--quiet',
      '--no-verify',
      '--no-signed',
      `--force-with-lease=${ref}:${head}`,
      '--end-of-options',
      place.remote.url,
      `:${ref}`,
    ],
    timeoutMs: PUSH_TIMEOUT_MS,
  });
}
