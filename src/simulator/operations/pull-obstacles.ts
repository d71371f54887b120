import { listOpenPulls } from '../state/list-open-pulls.ts';
import { type PullRequest, toHeadLabel } from '../state/pull-request.ts';
import type { Repository } from '../state/repository.ts';
import { readPullFacts } from './pull-facts.ts';

/** The two sides of a pull request, wherever its head is. */
export type PullSides = Pick<
  PullRequest,
  'headRepositoryId' | 'headOwner' | 'headRef' | 'headSha' | 'baseRef' | 'baseSha'
>;

/** The refusal when these branches have an open pull request already, or null. */
export function findTwin(repository: Repository, sides: PullSides): string | null {
  const hasTwin = listOpenPulls(repository).some(
    ({ pull }) =>
      pull.headRepositoryId === sides.headRepositoryId &&
      pull.headRef === sides.headRef &&
      pull.baseRef === sides.baseRef,
  );
  return hasTwin ? `A pull request already exists for ${toHeadLabel(sides)}.` : null;
}

/** Why there is nothing to merge, in GitHub's words, or null. The head's commit must be in the repository. */
export async function findNothingToMerge(repository: Repository, sides: PullSides): Promise<string | null> {
  const own = sides.headRepositoryId === repository.id;
  const head = own ? sides.headRef : toHeadLabel(sides);
  const base = own ? sides.baseRef : `${repository.owner.login}:${sides.baseRef}`;
  const { mergeBase, commits } = await readPullFacts(repository.git, sides.baseSha, sides.headSha);
  if (mergeBase === null) {
    return `The ${head} branch has no history in common with ${base}`;
  }
  return commits === 0 ? `No commits between ${base} and ${head}` : null;
}
