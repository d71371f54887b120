import { hasLabel } from './rank-issues.ts';
import type { SeenIssue, Sight } from './sight.ts';
import { endedWell, isOpen } from './sight.ts';
import { findSpecRun } from './spec-run.ts';

/**
 * Whose work an issue is, by what its labels ask for and what has been done: nobody's while a run is about it. Each issue
 * is at most one member's, so no two take the same.
 */
export function routeIssue(issue: SeenIssue, sight: Pick<Sight, 'team' | 'runs' | 'members'>): string | null {
  const runs = sight.runs.filter(({ number }) => number === issue.number);
  if (runs.some(isOpen)) {
    return null;
  }
  // Whoever wants more of it after that asks for it on the issue.
  if (runs.some((run) => run.member === 'code-developer' && endedWell(run))) {
    return null;
  }
  const { labels } = sight.team;
  if (hasLabel(issue, labels.spec) && findSpecRun(issue.number, runs) === undefined) {
    return sight.members.includes('architect') ? 'architect' : null;
  }
  return hasLabel(issue, labels.ready) && sight.members.includes('code-developer') ? 'code-developer' : null;
}
