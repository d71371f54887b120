import { notFound } from '../server/github-error.ts';
import { type Issue, isPull, type PullIssue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';

/** @throws GitHubError 404 when there is no issue or pull request of that number. */
export function findIssue(repository: Repository, number: string | undefined): Issue {
  const issue = repository.issues.get(Number(number));
  if (!issue) {
    throw notFound();
  }
  return issue;
}

/** @throws GitHubError 404 when the number is not that of a pull request. */
export function findPull(repository: Repository, number: string | undefined): PullIssue {
  const issue = findIssue(repository, number);
  if (!isPull(issue)) {
    throw notFound();
  }
  return issue;
}
