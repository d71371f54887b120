import { isPull, type PullIssue } from '../state/issue.ts';
import { toHeadLabel } from '../state/pull-request.ts';
import type { Repository } from '../state/repository.ts';
import { sortIssues } from './sort-issues.ts';

/** Pull requests as GitHub's list filters them: by state, head (`owner:branch`) and base. */
export function listPulls(repository: Repository, query: (name: string) => string | undefined): PullIssue[] {
  const state = query('state') ?? 'open';
  const head = query('head');
  const base = query('base');
  const found = [...repository.issues.values()].filter(isPull).filter((issue) => {
    return (
      (state === 'all' || issue.state === state) &&
      // GitHub ignores a head without its owner.
      (head === undefined ||
        !head.includes(':') ||
        toHeadLabel(issue.pull).toLowerCase() === head.toLowerCase()) &&
      (base === undefined || issue.pull.baseRef === base)
    );
  });
  const sort = query('sort') === 'popularity' ? 'comments' : query('sort');
  const placed = found.map((issue) => ({ repository, issue }));
  return sortIssues(placed, { sort, direction: query('direction') }).map(({ issue }) => issue);
}
