import type { Deed } from '../../domain/team/deed.ts';
import { defineMember } from '../../domain/team/member.ts';
import { rankIssues } from '../../domain/team/rank-issues.ts';
import { routeIssue } from '../../domain/team/route-issue.ts';
import { endedWell, type SeenRun, type Sight } from '../../domain/team/sight.ts';
import { SPEC_WORKFLOWS } from '../../domain/team/spec-run.ts';
import { startDeed } from '../../domain/team/start-deed.ts';

export const member = defineMember({
  name: 'architect',
  summary: 'Writes specifications ahead, for issues whose label asks for one, and tells the developer.',
  role: 'architect',
  priority: 1,
  everySeconds: 3600,
  wokenBy: [],
  decide: (sight) => [...startNext(sight), ...tellWritten(sight.runs)],
});

function startNext(sight: Sight): readonly Deed[] {
  const { issues, own, team } = sight;
  const starts = rankIssues(issues, team)
    .filter((issue) => routeIssue(issue, sight) === 'architect')
    .map(({ number }) => ({
      key: `spec:${number}`,
      number,
      workflow: own.workflow ?? SPEC_WORKFLOWS[team.specs],
      label: team.labels.spec,
    }));
  return startDeed(sight, { starts });
}

/** A specification that is proposed counts once people have agreed: its run ends with that. */
function tellWritten(runs: readonly SeenRun[]): readonly Deed[] {
  return runs
    .filter((run) => run.member === 'architect' && endedWell(run))
    .map(({ id, number }) => ({
      kind: 'tell',
      key: `spec-created:${id}`,
      to: 'code-developer',
      type: 'spec_created',
      content: { issue: number, run: id },
      priority: 2,
    }));
}
