import { readCommits } from '../git/commit.ts';
import { listCommitShas } from '../git/commit-range.ts';
import { mergeTrees } from '../git/merge-trees.ts';
import { rebaseCommits } from '../git/rebase-commits.ts';
import { moveRef } from '../git/refs.ts';
import { writeCommit } from '../git/write-commit.ts';
import { GitHubError } from '../server/github-error.ts';
import type { PullIssue } from '../state/issue.ts';
import type { MergeMethod } from '../state/pull-request.ts';
import { timestamp } from '../state/timestamp.ts';
import type { Act } from './act.ts';
import { changeRefs } from './announce-refs.ts';
import { closeByKeyword } from './close-by-keyword.ts';
import { noteIssueEvent } from './issue-event.ts';
import { findMissingRequirements } from './missing-requirements.ts';
import { toSignature } from './signature.ts';
import { closeIssue } from './update-issue.ts';
import { requireWorkflowMerge } from './workflow-right.ts';

export type MergeWish = {
  readonly method: MergeMethod;
  /** The head the asker saw; another one is refused. */
  readonly sha: string | null;
  readonly title: string | null;
  readonly message: string | null;
};

/** Merges a pull request and returns the new commit. @throws GitHubError 405 or 409 as GitHub does. */
export async function mergePull(act: Act, issue: PullIssue, wish: MergeWish): Promise<string> {
  requireMergeable(act, issue, wish);
  await requireWorkflowMerge(act, issue);
  return changeRefs(act, async () => {
    const commitSha = await writeMerge(act, issue, wish);
    const ref = `refs/heads/${issue.pull.baseRef}`;
    if (!(await moveRef(act.repository.git, ref, { from: issue.pull.baseSha, to: commitSha }))) {
      throw new GitHubError(405, 'Base branch was modified. Review and try the merge again.');
    }
    issue.pull.merge = { at: timestamp(), by: act.actor.account, commitSha };
    noteIssueEvent(act, issue, { event: 'merged', commitId: commitSha });
    await closeIssue(act, issue, { reason: 'completed', commitId: null });
    if (issue.pull.baseRef === act.repository.defaultBranch) {
      await closeByKeyword(act, issue.body ?? '', commitSha);
    }
    return commitSha;
  });
}

function requireMergeable(act: Act, issue: PullIssue, wish: MergeWish): void {
  if (issue.state === 'closed') {
    throw new GitHubError(405, 'Pull Request is not mergeable');
  }
  if (issue.pull.draft) {
    throw new GitHubError(405, 'Pull Request is still a draft');
  }
  if (wish.sha !== null && wish.sha !== issue.pull.headSha) {
    throw new GitHubError(409, 'Head branch was modified. Review and try the merge again.');
  }
  const missing = findMissingRequirements(act.repository, issue);
  if (missing.length > 0) {
    throw new GitHubError(405, missing.join(' '));
  }
}

async function writeMerge(act: Act, issue: PullIssue, wish: MergeWish): Promise<string> {
  const { git } = act.repository;
  const { baseSha, headSha } = issue.pull;
  const committer = toSignature(act.actor.account);
  const written =
    wish.method === 'rebase'
      ? await rebaseCommits(git, { base: baseSha, head: headSha }, committer)
      : await writeMergeCommit(act, issue, wish);
  if (written === null) {
    throw new GitHubError(405, 'Pull Request is not mergeable');
  }
  return written;
}

async function writeMergeCommit(act: Act, issue: PullIssue, wish: MergeWish): Promise<string | null> {
  const { git } = act.repository;
  const { baseSha, headSha } = issue.pull;
  const tree = await mergeTrees(git, baseSha, headSha);
  if (tree === null) {
    return null;
  }
  const committer = toSignature(act.actor.account);
  const squash = wish.method === 'squash';
  return writeCommit(git, {
    tree,
    parents: squash ? [baseSha] : [baseSha, headSha],
    message: squash ? await toSquashMessage(act, issue, wish) : toMergeMessage(issue, wish),
    author: squash ? toSignature(issue.user) : committer,
    committer,
  });
}

function toMergeMessage(issue: PullIssue, wish: MergeWish): string {
  const from = `${issue.pull.headOwner.login}/${issue.pull.headRef}`;
  const title = wish.title ?? `Merge pull request #${issue.number} from ${from}`;
  return `${title}\n\n${wish.message ?? issue.title}`;
}

// A single commit gives its own message; several are listed below the title.
async function toSquashMessage(act: Act, issue: PullIssue, wish: MergeWish): Promise<string> {
  const shas = await listCommitShas(act.repository.git, issue.pull.headSha, {
    exclude: [issue.pull.baseSha],
    order: 'oldest-first',
  });
  const commits = await readCommits(act.repository.git, shas);
  const [only] = commits;
  const single = commits.length === 1 && only ? only.message.split('\n') : null;
  const title = wish.title ?? `${single?.[0] ?? issue.title} (#${issue.number})`;
  const listed = commits.map((commit) => `* ${commit.message}`).join('\n\n');
  const message = wish.message ?? (single ? single.slice(1).join('\n').trim() : listed);
  return message === '' ? title : `${title}\n\n${message}`;
}
