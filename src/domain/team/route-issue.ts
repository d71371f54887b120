import { hasLabel } from './rank-issues.ts';
import type { SeenIssue, Sight } from './sight.ts';
import { isOpen } from './sight.ts';

/** The workflow that an architect's specifications come from. */
export const SPEC_WORKFLOW = 'write-spec';

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
  if (runs.some(({ member, state }) => member === 'code-developer' && state === 'succeeded')) {
    return null;
  }
  const { labels } = sight.team;
  const isSpecified = runs.some(({ workflow, state }) => workflow === SPEC_WORKFLOW && state === 'succeeded');
  if (hasLabel(issue, labels.spec) && !isSpecified) {
    return sight.members.includes('architect') ? 'architect' : null;
  }
  return hasLabel(issue, labels.ready) && sight.members.includes('code-developer') ? 'code-developer' : null;
}
