import type { SeenIssue } from './sight.ts';
import type { TeamSettings } from './team-settings.ts';

/** The most urgent first: what was called critical, then by the labels of urgency, then by age. */
export function rankIssues(
  issues: readonly SeenIssue[],
  { priorities }: Pick<TeamSettings, 'priorities'>,
  called: ReadonlySet<number> = new Set(),
): readonly SeenIssue[] {
  return issues
    .map((issue) => ({ issue, urgency: called.has(issue.number) ? -1 : urgencyOf(issue, priorities) }))
    .toSorted((a, b) => a.urgency - b.urgency || a.issue.createdMs - b.issue.createdMs)
    .map(({ issue }) => issue);
}

function urgencyOf(issue: SeenIssue, priorities: readonly string[]): number {
  const found = priorities.findIndex((label) => hasLabel(issue, label));
  return found === -1 ? priorities.length : found;
}

/** Like GitHub, blind to upper and lower case. */
export function hasLabel({ labels }: Pick<SeenIssue, 'labels'>, label: string): boolean {
  return labels.some((one) => one.toLowerCase() === label.toLowerCase());
}
