import { isPull, type PullIssue } from './issue.ts';
import type { Repository } from './repository.ts';

/** Open pull requests, oldest first. */
export function listOpenPulls(repository: Repository): PullIssue[] {
  return [...repository.issues.values()].filter(isPull).filter((issue) => issue.state === 'open');
}
