import type { Deed } from '../../domain/team/deed.ts';
import { defineMember } from '../../domain/team/member.ts';
import { hasLabel } from '../../domain/team/rank-issues.ts';
import type { Sight } from '../../domain/team/sight.ts';
import { isSpecPull } from '../../domain/team/spec-run.ts';
import { startDeed } from '../../domain/team/start-deed.ts';

const WORKFLOW = 'demonstrate';

export const member = defineMember({
  name: 'assistant',
  summary:
    "Demonstrates finished work from the pull request's own tests and artefacts, and files the bugs it finds.",
  role: 'assistant',
  priority: 3,
  everySeconds: 1800,
  wokenBy: [],
  decide: (sight) => [...demonstrate(sight), ...tellCritical(sight)],
});

/** What a run has proposed, each commit once. */
function demonstrate(sight: Sight): readonly Deed[] {
  const { own, pulls, runs } = sight;
  const seen = new Set(runs.filter(({ workflow }) => workflow === WORKFLOW).map(({ headSha }) => headSha));
  const starts = pulls
    .filter(({ state, issue, draft }) => state === 'open' && issue !== null && !draft)
    .filter((pull) => !seen.has(pull.headSha) && !isSpecPull(pull, runs))
    .map(({ number, headSha }) => ({
      key: `demonstrate:${number}:${headSha}`,
      number,
      workflow: own.workflow ?? WORKFLOW,
      headSha,
    }));
  return startDeed(sight, { starts });
}

function tellCritical({ issues, runs, team }: Sight): readonly Deed[] {
  const critical = new Set(
    issues.filter((issue) => hasLabel(issue, team.labels.critical)).map(({ number }) => number),
  );
  return runs
    .filter(({ member: by }) => by === 'assistant')
    .flatMap(({ filed }) => filed.filter(({ number }) => critical.has(number)))
    .map(({ number, title }) => ({
      kind: 'tell',
      key: `critical-bug:${number}`,
      to: 'project-manager',
      type: 'critical_bug_found',
      content: { issue: number, title },
      priority: 1,
    }));
}
