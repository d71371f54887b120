import type { RefChange } from '../git/ref-change.ts';
import { isAncestor, ZERO_SHA } from '../git/refs.ts';
import type { PullIssue } from '../state/issue.ts';
import { listOpenPulls } from '../state/list-open-pulls.ts';
import type { Repository } from '../state/repository.ts';
import { timestamp } from '../state/timestamp.ts';
import { emitPullRequest } from '../webhooks/emit-pull-request.ts';
import type { Act } from './act.ts';
import { noteIssueEvent } from './issue-event.ts';
import { findNothingToMerge } from './pull-obstacles.ts';
import { bringCommit, ensureTestMerge, setPullHead } from './pull-refs.ts';
import { closeIssue } from './update-issue.ts';

/**
 * Moves open pull requests along with their branches: new heads, deleted branches, heads merged by a push. Those from
 * a branch of this repository may be pull requests of another one of its network.
 */
export async function followPulls(act: Act, change: RefChange): Promise<void> {
  const branch = change.ref.slice('refs/heads/'.length);
  for (const { repository, issue } of listPullsFrom(act, branch)) {
    await moveHead({ ...act, repository }, { issue, from: act.repository, sha: change.after });
  }
  for (const issue of listOpenPulls(act.repository).filter(({ pull }) => pull.baseRef === branch)) {
    await moveBase(act, issue, change.after);
  }
}

function listPullsFrom({ world, repository: head }: Act, branch: string) {
  return [...world.repositories.values()].flatMap((repository) =>
    listOpenPulls(repository)
      .filter(({ pull }) => pull.headRepositoryId === head.id && pull.headRef === branch)
      .map((issue) => ({ repository, issue })),
  );
}

type HeadMove = { readonly issue: PullIssue; readonly from: Repository; readonly sha: string };

async function moveHead(act: Act, { issue, from, sha }: HeadMove): Promise<void> {
  if (sha === ZERO_SHA) {
    noteIssueEvent(act, issue, { event: 'head_ref_deleted' });
    await closeIssue(act, issue, { reason: 'completed', commitId: null });
    return;
  }
  const before = issue.pull.headSha;
  await bringCommit(act.repository, from, sha);
  await setPullHead(act.repository, issue, sha);
  issue.updatedAt = timestamp();
  if (!(await isAncestor(act.repository.git, before, sha))) {
    noteIssueEvent(act, issue, { event: 'head_ref_force_pushed' });
  }
  if ((await findNothingToMerge(act.repository, issue.pull)) !== null) {
    await closeIssue(act, issue, { reason: 'completed', commitId: null });
    return;
  }
  await ensureTestMerge(act.world, act.repository, issue);
  await emitPullRequest(act, issue, { action: 'synchronize', before, after: sha });
}

async function moveBase(act: Act, issue: PullIssue, sha: string): Promise<void> {
  if (sha === ZERO_SHA) {
    noteIssueEvent(act, issue, { event: 'base_ref_deleted' });
    await closeIssue(act, issue, { reason: 'completed', commitId: null });
    return;
  }
  const base = issue.pull.baseSha;
  issue.pull.baseSha = sha;
  const contained = await isAncestor(act.repository.git, issue.pull.headSha, sha);
  if (contained && issue.pull.headSha !== base) {
    // The base as it was is kept, so that the merged changes can still be shown.
    issue.pull.baseSha = base;
    issue.pull.merge = { at: timestamp(), by: act.actor.account, commitSha: sha };
    noteIssueEvent(act, issue, { event: 'merged', commitId: sha });
    await closeIssue(act, issue, { reason: 'completed', commitId: null });
  }
}
