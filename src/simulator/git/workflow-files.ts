import type { GitStore } from './git-store.ts';

/** Where GitHub keeps what Actions runs. */
export const WORKFLOWS = '.github/workflows/';

/**
 * A workflow file touched by the commits which `sha` would bring to the branches and tags, or null. A merge counts
 * only when it differs there from all its parents.
 * @param environment where the objects are, when they are not in the repository yet
 */
export async function findNewWorkflowFile(
  git: GitStore,
  sha: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string | null> {
  const shown = ['-c', '--full-history', '--format=', '--name-only', '-z'];
  const range = [sha, '--not', '--branches', '--tags'];
  const printed = await git.run(['log', ...shown, ...range, '--', WORKFLOWS], { environment });
  return (
    printed
      .toString()
      .split('\0')
      .map((path) => path.trim())
      .find(Boolean) ?? null
  );
}
