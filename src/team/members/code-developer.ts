import type { Deed, Start } from '../../domain/team/deed.ts';
import { defineMember } from '../../domain/team/member.ts';
import { hasLabel, rankIssues } from '../../domain/team/rank-issues.ts';
import { routeIssue, SPEC_WORKFLOW } from '../../domain/team/route-issue.ts';
import type { SeenIssue, SeenRun, Sight } from '../../domain/team/sight.ts';
import { startDeed } from '../../domain/team/start-deed.ts';

export const member = defineMember({
  name: 'code-developer',
  summary: 'Takes the most urgent issue that is ready and starts its workflow.',
  role: null,
  priority: 2,
  everySeconds: 300,
  wokenBy: ['spec_created', 'new_critical_priority'],
  decide: (sight) => [...startNext(sight), ...tellFinished(sight.runs), ...approveOwn(sight)],
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
  const usual = startDeed('code-developer', sight, { starts: ready.map(toStart) });
  return usual.length > 0
    ? usual
    : startDeed('code-developer', sight, { starts: critical.map(toStart), extra: 1 });
}

function specOf(issue: number, runs: readonly SeenRun[]): string {
  const written = runs.find(
    ({ number, workflow, state }) => number === issue && workflow === SPEC_WORKFLOW && state === 'succeeded',
  );
  return written?.handedOver ?? '';
}

function tellFinished(runs: readonly SeenRun[]): readonly Deed[] {
  return runs.flatMap(({ id, member: by, state, number, pullRequest }) =>
    by === 'code-developer' && state === 'succeeded' && pullRequest !== null
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

function approveOwn({ own, runs }: Sight): readonly Deed[] {
  return runs.flatMap(({ id, member: by, number, hold }) =>
    own.autoApprove && by === 'code-developer' && hold?.kind === 'approval'
      ? [{ kind: 'approve', key: `approve:${id}:${hold.digest}`, number, digest: hold.digest } as const]
      : [],
  );
}
