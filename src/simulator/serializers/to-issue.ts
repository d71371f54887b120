import { toAuthorAssociation, toPullAssociation } from '../auth/role-of.ts';
import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toPerformedViaApp } from './to-integration.ts';
import { toLabel } from './to-label.ts';
import { toReactionRollup } from './to-reaction.ts';
import { toRepositoryUrl } from './to-repository.ts';
import { toSimpleUser } from './to-simple-user.ts';

/** An issue, or a pull request seen as an issue. */
export function toIssue(world: World, repository: Repository, issue: Issue) {
  const api = toRepositoryUrl(world, repository);
  const url = `${api}/issues/${issue.number}`;
  const assignees = issue.assignees.map((assignee) => toSimpleUser(world, assignee));
  return {
    id: issue.id,
    node_id: issue.nodeId,
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: toIssueHtmlUrl(world, repository, issue),
    number: issue.number,
    state: issue.state,
    state_reason: issue.stateReason,
    title: issue.title,
    body: issue.body,
    user: toSimpleUser(world, issue.user),
    labels: issue.labels.map((label) => toLabel(world, repository, label)),
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    locked: issue.lock !== null,
    active_lock_reason: issue.lock?.reason ?? null,
    comments: [...repository.comments.values()].filter((comment) => comment.issueNumber === issue.number)
      .length,
    closed_at: issue.closedAt,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    author_association: issue.pull
      ? toPullAssociation(world, repository, issue.user)
      : toAuthorAssociation(world, repository, issue.user),
    performed_via_github_app: toPerformedViaApp(world, issue.viaApp),
    reactions: toReactionRollup(url, issue.reactions),
    ...toPullLinks(world, repository, issue),
  } satisfies Rest['issue'];
}

/** An issue as it is shown alone, with who closed it. */
export function toFullIssue(world: World, repository: Repository, issue: Issue): Rest['issue'] {
  return {
    ...toIssue(world, repository, issue),
    closed_by: issue.closedBy && toSimpleUser(world, issue.closedBy),
  };
}

/** The page of an issue or pull request. */
export function toIssueHtmlUrl(world: World, repository: Repository, issue: Issue): string {
  return `${world.url}/${repository.fullName}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;
}

function toPullLinks(world: World, repository: Repository, issue: Issue) {
  if (!issue.pull) {
    return {};
  }
  const htmlUrl = toIssueHtmlUrl(world, repository, issue);
  return {
    draft: issue.pull.draft,
    pull_request: {
      url: `${toRepositoryUrl(world, repository)}/pulls/${issue.number}`,
      html_url: htmlUrl,
      diff_url: `${htmlUrl}.diff`,
      patch_url: `${htmlUrl}.patch`,
      merged_at: issue.pull.merge?.at ?? null,
    },
  };
}
