import type { RefChange } from '../git/ref-change.ts';
import { isAncestor, ZERO_SHA } from '../git/refs.ts';
import type { PullIssue } from '../state/issue.ts';
import { listOpenPulls } from '../state/list-open-pulls.ts';
import { timestamp } from '../state/timestamp.ts';
import { emitPullRequest } from '../webhooks/emit-pull-request.ts';
import type { Act } from './act.ts';
import { noteIssueEvent } from './issue-event.ts';
import { closeIssue } from './update-issue.ts';

/** Moves open pull requests along with their branches: new heads, deleted heads, heads merged by a push. */
export async function followPulls(act: Act, change: RefChange): Promise<void> {
  const branch = change.ref.slice('refs/heads/'.length);
  for (const issue of listOpenPulls(act.repository)) {
    if (issue.pull.headRef === branch) {
      await moveHead(act, issue, change.after);
    }
    if (issue.pull.baseRef === branch && change.after !== ZERO_SHA) {
      await moveBase(act, issue, change.after);
    }
  }
}

async function moveHead(act: Act, issue: PullIssue, sha: string): Promise<void> {
  if (sha === ZERO_SHA) {
    noteIssueEvent(act, issue, { event: 'head_ref_deleted' });
    await closeIssue(act, issue, { reason: 'completed', commitId: null });
    return;
  }
  const before = issue.pull.headSha;
  issue.pull.headSha = sha;
  issue.updatedAt = timestamp();
  await emitPullRequest(act, issue, { action: 'synchronize', before, after: sha });
}

async function moveBase(act: Act, issue: PullIssue, sha: string): Promise<void> {
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
