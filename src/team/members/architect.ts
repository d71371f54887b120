import type { Deed } from '../../domain/team/deed.ts';
import { defineMember } from '../../domain/team/member.ts';
import { rankIssues } from '../../domain/team/rank-issues.ts';
import { routeIssue, SPEC_WORKFLOW } from '../../domain/team/route-issue.ts';
import type { SeenRun, Sight } from '../../domain/team/sight.ts';
import { startDeed } from '../../domain/team/start-deed.ts';

export const member = defineMember({
  name: 'architect',
  summary: 'Writes specifications ahead, for issues whose label asks for one, and tells the developer.',
  role: 'architect',
  priority: 1,
  everySeconds: 3600,
  wokenBy: ['new_critical_priority'],
  decide: (sight) => [...startNext(sight), ...tellWritten(sight.runs)],
});

function startNext(sight: Sight): readonly Deed[] {
  const { issues, own, team } = sight;
  const starts = rankIssues(issues, team)
    .filter((issue) => routeIssue(issue, sight) === 'architect')
    .map(({ number }) => ({
      key: `spec:${number}`,
      number,
      workflow: own.workflow ?? SPEC_WORKFLOW,
      label: team.labels.spec,
    }));
  return startDeed('architect', sight, { starts });
}

function tellWritten(runs: readonly SeenRun[]): readonly Deed[] {
  return runs
    .filter(({ member: by, state }) => by === 'architect' && state === 'succeeded')
    .map(({ id, number }) => ({
      kind: 'tell',
      key: `spec-created:${id}`,
      to: 'code-developer',
      type: 'spec_created',
      content: { issue: number, run: id },
      priority: 2,
    }));
}
