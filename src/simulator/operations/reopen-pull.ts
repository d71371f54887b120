import { isAncestor, resolveCommit } from '../git/refs.ts';
import { invalid } from '../server/github-error.ts';
import type { PullIssue } from '../state/issue.ts';
import { toHeadLabel } from '../state/pull-request.ts';
import type { Act } from './act.ts';
import { findNothingToMerge, findTwin } from './pull-obstacles.ts';
import { bringCommit, setPullHead } from './pull-refs.ts';

/**
 * Brings a closed pull request up to its branches, before it is opened again.
 * @throws GitHubError 422 when it was merged, or its head is gone or is no descendant of what it was when it closed.
 */
export async function catchUpPull(act: Act, issue: PullIssue): Promise<void> {
  const { repository } = act;
  const { pull } = issue;
  if (pull.merge) {
    throw refuse('The pull request was merged.');
  }
  const from = [...act.world.repositories.values()].find((one) => one.id === pull.headRepositoryId);
  const headSha = from ? await resolveCommit(from.git, `refs/heads/${pull.headRef}`) : null;
  const baseSha = await resolveCommit(repository.git, `refs/heads/${pull.baseRef}`);
  if (!from || headSha === null || baseSha === null) {
    const gone = baseSha === null ? pull.baseRef : pull.headRef;
    throw refuse(`The ${gone} branch has been deleted.`);
  }
  await bringCommit(repository, from, headSha);
  if (!(await isAncestor(repository.git, pull.headSha, headSha))) {
    throw refuse(`The ${pull.headRef} branch was force-pushed or recreated.`);
  }
  const sides = { ...pull, headSha, baseSha };
  const obstacle = findTwin(repository, sides);
  if (obstacle !== null) {
    throw refuse(obstacle);
  }
  if ((await findNothingToMerge(repository, sides)) !== null) {
    throw refuse(`There are no new commits on the ${toHeadLabel(pull)} branch.`);
  }
  pull.baseSha = baseSha;
  await setPullHead(repository, issue, headSha);
}

function refuse(why: string) {
  return invalid('PullRequest', 'state', { code: 'invalid', message: `state cannot be changed. ${why}` });
}
