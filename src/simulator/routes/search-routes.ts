import { Hono } from 'hono';
import { canSee } from '../auth/require-access.ts';
import type { Rest } from '../serializers/schemas.ts';
import { toIssue } from '../serializers/to-issue.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import type { World } from '../state/world.ts';
import { toIssueFilter } from './search-query.ts';
import { type Placed, sortIssues } from './sort-issues.ts';

/** Search over issues and pull requests. */
export function searchRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/search/issues', (call) => {
    const query = call.req.query('q') ?? '';
    if (query.trim() === '') {
      throw new GitHubError(422, 'Validation Failed', [{ resource: 'Search', field: 'q', code: 'missing' }]);
    }
    const matches = toIssueFilter(query);
    const hits: Placed[] = [...world.repositories.values()]
      .filter((repository) => canSee(world, repository, call.get('actor')))
      .flatMap((repository) => [...repository.issues.values()].map((issue) => ({ repository, issue })))
      .filter(matches);
    const order = { sort: call.req.query('sort'), direction: call.req.query('order') };
    return call.json({
      total_count: hits.length,
      incomplete_results: false,
      items: paginate(world, call, sortIssues(hits, order)).map((hit) => toItem(world, hit)),
    });
  });
  return routes;
}

function toItem(world: World, { repository, issue }: Placed): Rest['issue-search-result-item'] {
  const { body, ...shown } = toIssue(world, repository, issue);
  return { ...shown, ...(body === null ? {} : { body }), score: 1 };
}
