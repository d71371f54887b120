import type { IssueEvent } from '../state/issue-event.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toPerformedViaApp } from './to-integration.ts';
import { toRepositoryUrl } from './to-repository.ts';
import { toSimpleUser } from './to-simple-user.ts';

/** A fact in the life of an issue. */
export function toIssueEvent(world: World, repository: Repository, event: IssueEvent) {
  const api = toRepositoryUrl(world, repository);
  const commitId = 'commitId' in event ? event.commitId : null;
  return {
    id: event.id,
    node_id: event.nodeId,
    url: `${api}/issues/events/${event.id}`,
    actor: toSimpleUser(world, event.actor),
    event: event.event,
    commit_id: commitId,
    commit_url: commitId === null ? null : `${api}/commits/${commitId}`,
    created_at: event.createdAt,
    performed_via_github_app: toPerformedViaApp(world, event.viaApp),
    ...('label' in event ? { label: { ...event.label } } : {}),
    ...('assignee' in event ? { assignee: toSimpleUser(world, event.assignee) } : {}),
    ...('from' in event ? { rename: { from: event.from, to: event.to } } : {}),
  } satisfies Rest['issue-event'];
}
