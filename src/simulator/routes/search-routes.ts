import { Hono } from 'hono';
import { canSee } from '../auth/require-access.ts';
import type { Rest } from '../serializers/schemas.ts';
import { toIssue } from '../serializers/to-issue.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { toIssueFilter } from './search-query.ts';

type Hit = { readonly repository: Repository; readonly issue: Issue };

/** Search over issues and pull requests. */
export function searchRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/search/issues', (call) => {
    const query = call.req.query('q') ?? '';
    if (query.trim() === '') {
      throw new GitHubError(422, 'Validation Failed', [{ resource: 'Search', field: 'q', code: 'missing' }]);
    }
    const matches = toIssueFilter(query);
    const hits: Hit[] = [...world.repositories.values()]
      .filter((repository) => canSee(world, repository, call.get('actor')))
      .flatMap((repository) => [...repository.issues.values()].map((issue) => ({ repository, issue })))
      .filter(({ repository, issue }) => matches(repository, issue))
      .toSorted((a, b) => b.issue.id - a.issue.id);
    return call.json({
      total_count: hits.length,
      incomplete_results: false,
      items: paginate(world, call, hits).map(({ repository, issue }) => toItem(world, repository, issue)),
    });
  });
  return routes;
}

function toItem(world: World, repository: Repository, issue: Issue): Rest['issue-search-result-item'] {
  const { body, ...shown } = toIssue(world, repository, issue);
  return { ...shown, ...(body === null ? {} : { body }), score: 1 };
}
