import type { PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';

/** What the base branch's protection still asks of a pull request, in words; empty when it may be merged. */
export function findMissingRequirements(repository: Repository, issue: PullIssue): string[] {
  const rules = repository.protection.get(issue.pull.baseRef);
  if (!rules) {
    return [];
  }
  const checks = (rules.requiredChecks?.contexts ?? []).filter(
    (name) => !hasPassed(repository, issue.pull.headSha, name),
  );
  const approvals = countApprovals(repository, issue);
  return [
    ...checks.map((name) => `Required status check "${name}" is expected.`),
    ...(approvals < (rules.requiredApprovals ?? 0)
      ? [`At least ${rules.requiredApprovals} approving review is required by reviewers with write access.`]
      : []),
  ];
}

function hasPassed(repository: Repository, sha: string, name: string): boolean {
  const run = [...repository.checkRuns.values()].findLast((one) => one.headSha === sha && one.name === name);
  if (run) {
    return run.conclusion === 'success' || run.conclusion === 'neutral' || run.conclusion === 'skipped';
  }
  return repository.statuses.findLast((one) => one.sha === sha && one.context === name)?.state === 'success';
}

function countApprovals(repository: Repository, issue: PullIssue): number {
  const latest = new Map<number, string>();
  for (const review of repository.reviews.values()) {
    if (review.pullNumber === issue.number && review.state !== 'COMMENTED' && review.state !== 'PENDING') {
      latest.set(review.user.id, review.state);
    }
  }
  return [...latest.values()].filter((state) => state === 'APPROVED').length;
}
