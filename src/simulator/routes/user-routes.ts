import { Hono } from 'hono';
import type { Rest } from '../serializers/schemas.ts';
import { toOrganization } from '../serializers/to-organization.ts';
import { toPublicUser } from '../serializers/to-public-user.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import type { RateLimiter } from '../server/rate-limit.ts';
import type { World } from '../state/world.ts';

/** Accounts. */
export function userRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/user', (call) => {
    const actor = call.get('actor');
    if (actor.kind === 'installation') {
      throw new GitHubError(403, 'Resource not accessible by integration');
    }
    if (actor.kind !== 'user') {
      throw new GitHubError(401, 'Requires authentication');
    }
    const answer: Rest['private-user'] = {
      ...toPublicUser(world, actor.account),
      private_gists: 0,
      total_private_repos: 0,
      owned_private_repos: 0,
      disk_usage: 0,
      collaborators: 0,
      two_factor_authentication: true,
    };
    return call.json(answer);
  });
  routes.get('/users/:login', (call) => {
    const account = world.accounts.get(call.req.param('login').toLowerCase());
    if (!account) {
      throw notFound();
    }
    return call.json(toPublicUser(world, account));
  });
  routes.get('/orgs/:login', (call) => {
    const organization = world.organizations.get(call.req.param('login').toLowerCase());
    if (!organization) {
      throw notFound();
    }
    return call.json(toOrganization(world, organization.account));
  });
  return routes;
}

/** `GET /rate_limit`, which costs nothing. */
export function rateLimitRoutes(limiter: RateLimiter): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/rate_limit', (call) => {
    const core = limiter.status(call);
    const search = { ...core, limit: 30, used: 0, remaining: 30 };
    const answer: Rest['rate-limit-overview'] = { resources: { core, search, graphql: core }, rate: core };
    return call.json(answer);
  });
  return routes;
}
