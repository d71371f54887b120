import type { Issue } from '../../state/issue.ts';
import type { Repository } from '../../state/repository.ts';

/** The page of an issue or pull request. */
export function toIssuePath(repository: Repository, issue: Issue): string {
  return `/${repository.fullName}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;
}
