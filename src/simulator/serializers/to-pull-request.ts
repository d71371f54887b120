import { toPullAssociation } from '../auth/role-of.ts';
import { findMissingRequirements } from '../operations/missing-requirements.ts';
import { type PullFacts, readPullFacts } from '../operations/pull-facts.ts';
import type { PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toIssueHtmlUrl } from './to-issue.ts';
import { toLabel } from './to-label.ts';
import { toRepository, toRepositoryUrl } from './to-repository.ts';
import { toSimpleUser } from './to-simple-user.ts';

/** A pull request in a list, without what git must be asked for. */
export function toPullRequestSimple(world: World, repository: Repository, issue: PullIssue) {
  const api = toRepositoryUrl(world, repository);
  const { pull } = issue;
  const assignees = issue.assignees.map((assignee) => toSimpleUser(world, assignee));
  return {
    id: pull.id,
    node_id: pull.nodeId,
    ...toPullUrls(world, repository, issue),
    number: issue.number,
    state: issue.state,
    locked: issue.lock !== null,
    active_lock_reason: issue.lock?.reason ?? null,
    title: issue.title,
    user: toSimpleUser(world, issue.user),
    body: issue.body,
    labels: issue.labels.map((label) => ({
      ...toLabel(world, repository, label),
      description: label.description ?? '',
    })),
    milestone: null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.merge?.at ?? null,
    merge_commit_sha: pull.merge?.commitSha ?? pull.testMerge?.commitSha ?? null,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: pull.requestedReviewers.map((reviewer) => toSimpleUser(world, reviewer)),
    requested_teams: [],
    head: toSide(world, findHead(world, repository, issue), { ref: pull.headRef, sha: pull.headSha }),
    base: toSide(world, repository, { ref: pull.baseRef, sha: pull.baseSha }),
    _links: toLinks(api, world, { repository, issue }),
    author_association: toPullAssociation(world, repository, issue.user),
    auto_merge: toAutoMerge(world, issue),
    draft: pull.draft,
  } satisfies Rest['pull-request-simple'];
}

/** A pull request in full. */
export async function toPullRequest(world: World, repository: Repository, issue: PullIssue) {
  const { pull } = issue;
  const facts = await readPullFacts(repository.git, pull.baseSha, pull.headSha);
  const mergeable = issue.state === 'open' ? facts.mergedTree !== null : null;
  return {
    ...toPullRequestSimple(world, repository, issue),
    merged: pull.merge !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: toMergeableState(repository, issue, facts),
    merged_by: pull.merge && toSimpleUser(world, pull.merge.by),
    comments: [...repository.comments.values()].filter((one) => one.issueNumber === issue.number).length,
    review_comments: [...repository.reviewComments.values()].filter((one) => one.pullNumber === issue.number)
      .length,
    maintainer_can_modify: pull.maintainerCanModify,
    commits: facts.commits,
    additions: facts.additions,
    deletions: facts.deletions,
    changed_files: facts.changedFiles,
  } satisfies Rest['pull-request'];
}

function toAutoMerge(world: World, { title, pull: { autoMerge } }: PullIssue) {
  return (
    autoMerge && {
      enabled_by: toSimpleUser(world, autoMerge.enabledBy),
      merge_method: autoMerge.method,
      commit_title: autoMerge.commitTitle ?? title,
      commit_message: autoMerge.commitMessage ?? '',
    }
  );
}

function toMergeableState(repository: Repository, issue: PullIssue, facts: PullFacts): string {
  if (issue.state === 'closed') {
    return 'unknown';
  }
  if (facts.mergedTree === null) {
    return 'dirty';
  }
  if (issue.pull.draft) {
    return 'draft';
  }
  if (findMissingRequirements(repository, issue).length > 0) {
    return 'blocked';
  }
  const strict = repository.protection.get(issue.pull.baseRef)?.requiredChecks?.strict === true;
  if (strict && facts.behind > 0) {
    return 'behind';
  }
  return hasFailure(repository, issue.pull.headSha) ? 'unstable' : 'clean';
}

function hasFailure(repository: Repository, sha: string): boolean {
  return [...repository.checkRuns.values()].some(
    (run) => run.headSha === sha && run.conclusion === 'failure',
  );
}

// No repository is ever deleted here, so the head's is always found.
function findHead(world: World, repository: Repository, { pull }: PullIssue): Repository {
  return [...world.repositories.values()].find((one) => one.id === pull.headRepositoryId) ?? repository;
}

function toSide(world: World, repository: Repository, side: { ref: string; sha: string }) {
  return {
    label: `${repository.owner.login}:${side.ref}`,
    ref: side.ref,
    sha: side.sha,
    user: toSimpleUser(world, repository.owner),
    repo: {
      ...toRepository(world, repository),
      allow_auto_merge: repository.allowAutoMerge,
      allow_merge_commit: true,
      allow_rebase_merge: true,
      allow_squash_merge: true,
      delete_branch_on_merge: false,
    },
  };
}

function toPullUrls(world: World, repository: Repository, issue: PullIssue) {
  const api = toRepositoryUrl(world, repository);
  const url = `${api}/pulls/${issue.number}`;
  const htmlUrl = toIssueHtmlUrl(world, repository, issue);
  return {
    url,
    html_url: htmlUrl,
    diff_url: `${htmlUrl}.diff`,
    patch_url: `${htmlUrl}.patch`,
    issue_url: `${api}/issues/${issue.number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${api}/issues/${issue.number}/comments`,
    statuses_url: `${api}/statuses/${issue.pull.headSha}`,
  };
}

function toLinks(api: string, world: World, of: { repository: Repository; issue: PullIssue }) {
  const urls = toPullUrls(world, of.repository, of.issue);
  return {
    self: { href: urls.url },
    html: { href: urls.html_url },
    issue: { href: urls.issue_url },
    comments: { href: urls.comments_url },
    review_comments: { href: urls.review_comments_url },
    review_comment: { href: `${api}/pulls/comments{/number}` },
    commits: { href: urls.commits_url },
    statuses: { href: urls.statuses_url },
  };
}
