import type { Sha } from '../../domain/sha.ts';
import { NoBaseError } from '../../ports/workspace.ts';
import type { Git } from '../git/run-git.ts';
import type { Remote } from './remote.ts';

const LIST_TIMEOUT_MS = 60_000;

/** Where a branch points on the remote now; null when it does not exist. */
export async function readRemoteHead(git: Git, remote: Remote, branch: string): Promise<Sha | null> {
  const ref = `refs/heads/${branch}`;
  const lines = await listRefs(git, remote, [ref]);
  // The remote matches patterns against the end of names; only the exact name counts.
  return lines.find((line) => line.name === ref)?.value ?? null;
}

/**
 * The default branch and its commit.
 * @throws NoBaseError when the repository is empty or its default branch does not exist.
 */
export async function readDefaultBranch(git: Git, remote: Remote): Promise<{ ref: string; sha: Sha }> {
  const lines = await listRefs(git, remote, ['HEAD']);
  const target = lines.find((line) => line.name === 'HEAD' && line.value.startsWith('ref: '))?.value;
  const sha = lines.find((line) => line.name === 'HEAD' && !line.value.startsWith('ref: '))?.value;
  const repository = remote.call.repository;
  if (sha === undefined) {
    const others = await listRefs(git, remote, ['refs/heads/*']);
    throw new NoBaseError(
      others.length === 0
        ? `${repository} has no commit yet. Push a first commit to its default branch, then try again.`
        : `The default branch of ${repository} does not exist. Choose an existing branch as the default in the settings of the repository.`,
    );
  }
  if (target === undefined || !target.startsWith('ref: refs/heads/')) {
    throw new NoBaseError(
      `${repository} does not say which branch is its default. Choose one in the settings of the repository.`,
    );
  }
  return { ref: target.slice('ref: refs/heads/'.length), sha };
}

/** Lines of `ls-remote --symref`: `<sha or "ref: name">\t<name>`. Names of refs cannot hold tabs or newlines. */
export async function listRefs(
  git: Git,
  remote: Remote,
  patterns: readonly string[],
): Promise<readonly { value: string; name: string }[]> {
  const { stdout } = await git({
    ...remote.call,
    args: ['ls-remote', '--quiet', '--symref', '--end-of-options', remote.url, ...patterns],
    timeoutMs: LIST_TIMEOUT_MS,
  });
  return stdout
    .toString()
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => ({ value: line.slice(0, line.indexOf('\t')), name: line.slice(line.indexOf('\t') + 1) }));
}
