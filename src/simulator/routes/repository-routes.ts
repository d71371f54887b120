import { Hono } from 'hono';
import { canSee } from '../auth/require-access.ts';
import { roleOf, toLegacyPermission } from '../auth/role-of.ts';
import type { Rest } from '../serializers/schemas.ts';
import { toFullRepository, toRepository, toRolePermissions } from '../serializers/to-repository.ts';
import { toSimpleUser } from '../serializers/to-simple-user.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import { includesRole } from '../state/role.ts';
import type { World } from '../state/world.ts';
import { NEEDS } from './needs.ts';

/** Repositories and who may do what in them. */
export function repositoryRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/repos/:owner/:repo', (call) => {
    return call.json(toFullRepository(world, readRepository(world, call), call.get('actor')));
  });
  for (const path of ['/users/:login/repos', '/orgs/:login/repos'] as const) {
    routes.get(path, (call) => {
      const login = call.req.param('login').toLowerCase();
      const owned = [...world.repositories.values()].filter(
        (one) => one.owner.login.toLowerCase() === login && canSee(world, one, call.get('actor')),
      );
      return call.json(paginate(world, call, owned).map((one) => toRepository(world, one)));
    });
  }
  routes.get('/repos/:owner/:repo/collaborators/:login/permission', (call) => {
    const repository = readRepository(world, call);
    if (call.get('actor').kind === 'anonymous') {
      throw new GitHubError(401, 'Requires authentication');
    }
    const account = world.accounts.get(call.req.param('login').toLowerCase());
    if (!account) {
      throw notFound();
    }
    const role = roleOf(world, repository, account);
    const answer: Rest['repository-collaborator-permission'] = {
      permission: toLegacyPermission(role),
      role_name: role,
      user: { ...toSimpleUser(world, account), permissions: toRolePermissions(role), role_name: role },
    };
    return call.json(answer);
  });
  routes.get('/repos/:owner/:repo/collaborators/:login', (call) => {
    const { repository } = writeRepository(world, call, NEEDS.readMetadata);
    const account = world.accounts.get(call.req.param('login').toLowerCase());
    const isCollaborator =
      account !== undefined &&
      (repository.roles.has(account.login.toLowerCase()) ||
        includesRole(roleOf(world, repository, account), 'triage'));
    return call.body(null, isCollaborator ? 204 : 404);
  });
  return routes;
}
