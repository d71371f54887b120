import type { Deed, Start } from '../../domain/team/deed.ts';
import { defineMember } from '../../domain/team/member.ts';
import { hasLabel, rankIssues } from '../../domain/team/rank-issues.ts';
import { routeIssue } from '../../domain/team/route-issue.ts';
import { endedWell, type SeenIssue, type SeenRun, type Sight } from '../../domain/team/sight.ts';
import { findSpecRun } from '../../domain/team/spec-run.ts';
import { startDeed } from '../../domain/team/start-deed.ts';

export const member = defineMember({
  name: 'code-developer',
  summary: 'Takes the most urgent issue that is ready and starts its workflow.',
  role: null,
  priority: 2,
  everySeconds: 300,
  wokenBy: ['spec_created', 'new_critical_priority'],
  decide: (sight) => [...startNext(sight), ...tellFinished(sight.runs)],
});

/** What is critical does not wait for what is under way: it has a place of its own. */
function startNext(sight: Sight): readonly Deed[] {
  const { issues, messages, own, team } = sight;
  const called = new Set(
    messages
      .filter(({ type }) => type === 'new_critical_priority')
      .map(({ content }) => Number(content['issue'])),
  );
  const ready = rankIssues(issues, team, called).filter(
    (issue) => routeIssue(issue, sight) === 'code-developer',
  );
  const critical = ready.filter((issue) => called.has(issue.number) || hasLabel(issue, team.labels.critical));
  function toStart({ number }: SeenIssue): Start {
    const start = {
      key: `ready:${number}`,
      number,
      workflow: own.workflow ?? null,
      label: team.labels.ready,
    };
    const spec = specOf(number, sight.runs);
    return spec === '' ? start : { ...start, spec };
  }
  const usual = startDeed(sight, { starts: ready.map(toStart) });
  return usual.some(({ places }) => places > 0)
    ? usual
    : [...usual, ...startDeed(sight, { starts: critical.map(toStart), extra: 1 })];
}

/** What stands in a file was perhaps changed by the people who agreed to it. */
function specOf(issue: number, runs: readonly SeenRun[]): string {
  const run = findSpecRun(issue, runs);
  if (run === undefined) {
    return '';
  }
  return run.document === null
    ? run.handedOver
    : `It stands in \`${run.document}\`, as people have agreed to it. Read that file before anything else.`;
}

function tellFinished(runs: readonly SeenRun[]): readonly Deed[] {
  return runs
    .filter((run) => run.member === 'code-developer' && endedWell(run))
    .flatMap(({ id, number, pullRequest }) =>
      pullRequest !== null
        ? [
            {
              kind: 'tell',
              key: `ready-for-verification:${id}`,
              to: 'project-manager',
              type: 'ready_for_verification',
              content: { issue: number, pull: pullRequest, run: id },
              priority: 3,
            } as const,
          ]
        : [],
    );
}
