import type { Issue } from '../state/issue.ts';
import type { IssueEvent } from '../state/issue-event.ts';
import { toNodeId } from '../state/node-id.ts';
import { timestamp } from '../state/timestamp.ts';
import { type Act, isViaApp } from './act.ts';

type Fact<Event> = Event extends IssueEvent
  ? Omit<Event, 'id' | 'nodeId' | 'issueNumber' | 'actor' | 'createdAt' | 'viaApp'>
  : never;

/** Adds a fact to the timeline of an issue, which counts as an update of it. */
export function noteIssueEvent(act: Act, issue: Issue, fact: Fact<IssueEvent>): void {
  const id = act.world.nextId();
  const createdAt = timestamp();
  issue.updatedAt = createdAt;
  act.repository.issueEvents.push({
    ...fact,
    id,
    nodeId: toNodeId('IE', id),
    issueNumber: issue.number,
    actor: act.actor.account,
    createdAt,
    viaApp: isViaApp(act),
  });
}
