import { checkDone } from '../../domain/team/check-done.ts';
import type { Deed } from '../../domain/team/deed.ts';
import { defineMember } from '../../domain/team/member.ts';
import { hasLabel, rankIssues } from '../../domain/team/rank-issues.ts';
import { isOpen, type SeenPull, type Sight } from '../../domain/team/sight.ts';
import { isSpecPull } from '../../domain/team/spec-run.ts';

export const member = defineMember({
  name: 'project-manager',
  summary: 'Watches issues and pull requests, checks the definition of done after a merge, and reports.',
  role: null,
  startsNothing: true,
  priority: 3,
  everySeconds: 900,
  wokenBy: ['ready_for_verification', 'critical_bug_found', 'member_given_up'],
  decide: (sight) => [
    ...passOnCritical(sight),
    ...sight.pulls.flatMap((pull) => afterMerge(pull, sight)),
    report(sight),
  ],
});

function passOnCritical({ messages }: Sight): readonly Deed[] {
  return messages
    .filter(({ type }) => type === 'critical_bug_found')
    .map(({ content }) => ({
      kind: 'tell',
      key: `critical:${Number(content['issue'])}`,
      to: 'code-developer',
      type: 'new_critical_priority',
      content: { issue: Number(content['issue']) },
      priority: 1,
    }));
}

/** Everybody hears of a merge once. What a run has made is looked at, and looked at again while something is missing. */
function afterMerge(pull: SeenPull, sight: Sight): readonly Deed[] {
  if (pull.state !== 'merged') {
    return [];
  }
  const { number, issue, headSha } = pull;
  const merged: Deed = {
    kind: 'tell',
    key: `merged:${number}`,
    to: 'all',
    type: 'pull_request_merged',
    content: { pull: number, commit: headSha, issue },
    priority: 4,
  };
  // What only specifies is done when it is merged; its issue stays open.
  if (issue === null || isSpecPull(pull, sight.runs)) {
    return [merged];
  }
  const items = checkDone({ ...pull, issue }, sight);
  return [
    merged,
    { kind: 'note', key: `done:${number}`, number, note: { kind: 'done-check', pull: number, issue, items } },
  ];
}

/** One comment that is kept up to date: nobody is told of what has not changed. */
function report({ issues, pulls, runs, team, fault, givenUp, board }: Sight): Deed {
  const ranked = rankIssues(issues, team);
  return {
    kind: 'note',
    // A comment stays where it is: in another issue it is another one.
    key: team.notify === board ? `report:${board}` : 'report',
    number: board,
    note: {
      kind: 'report',
      missing: team.notify === undefined || team.notify === board ? null : team.notify,
      fault,
      givenUp,
      ready: ranked.filter((issue) => hasLabel(issue, team.labels.ready)).map(({ number }) => number),
      critical: ranked.filter((issue) => hasLabel(issue, team.labels.critical)).map(({ number }) => number),
      open: runs.filter(isOpen).map(({ number, workflow, state }) => ({ number, workflow, state })),
      pulls: pulls.filter(({ state }) => state === 'open').map(({ number, draft }) => ({ number, draft })),
    },
  };
}
