import { Hono } from 'hono';
import { z } from 'zod';
import { mintInstallationToken } from '../auth/mint-installation-token.ts';
import { listInstalled, narrowToken } from '../operations/narrow-token.ts';
import { permissionsSchema } from '../permissions.ts';
import type { Rest } from '../serializers/schemas.ts';
import { toInstallation } from '../serializers/to-installation.ts';
import { toIntegration } from '../serializers/to-integration.ts';
import { toRepository } from '../serializers/to-repository.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment, Call } from '../server/call.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import { readBody } from '../server/read-body.ts';
import type { Installation } from '../state/github-app.ts';
import type { World } from '../state/world.ts';

const tokenBody = z.object({
  permissions: permissionsSchema.optional(),
  repository_ids: z.array(z.int()).optional(),
  repositories: z.array(z.string()).optional(),
});

/** @throws GitHubError 401 for anyone but the App itself, signed in by its key. */
export function requireApp(call: Call): void {
  if (call.get('actor').kind !== 'app') {
    throw new GitHubError(401, 'A JSON web token could not be decoded');
  }
}

/** The App about itself, its installations, and their tokens. */
export function appRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/app', (call) => {
    requireApp(call);
    return call.json(toIntegration(world));
  });
  routes.get('/app/installations', (call) => {
    requireApp(call);
    return call.json(paginate(world, call, world.installations).map((one) => toInstallation(world, one)));
  });
  routes.get('/app/installations/:id', (call) => {
    requireApp(call);
    return call.json(toInstallation(world, findInstallationById(world, call.req.param('id'))));
  });
  routes.post('/app/installations/:id/access_tokens', accepted(world, 'apps/create-token'), async (call) => {
    requireApp(call);
    const installation = findInstallationById(world, call.req.param('id'));
    if (installation.suspended) {
      throw new GitHubError(403, 'This installation has been suspended');
    }
    const body = await readBody(call, tokenBody);
    const scope = narrowToken(world, installation, { ...body, repositoryIds: body.repository_ids });
    const { token, expiresAt } = mintInstallationToken(world, installation, scope);
    const narrowed = scope.repositoryIds;
    const answer: Rest['installation-token'] = {
      token,
      expires_at: expiresAt,
      permissions: scope.permissions,
      repository_selection: narrowed === 'all' && installation.repositories === 'all' ? 'all' : 'selected',
      ...(narrowed === 'all'
        ? {}
        : {
            repositories: listInstalled(world, installation)
              .filter((one) => narrowed.has(one.id))
              .map((one) => toRepository(world, one)),
          }),
    };
    return call.json(answer, 201);
  });
  return routes.route('/', installationLookupRoutes(world));
}

function installationLookupRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/repos/:owner/:repo/installation', (call) => {
    requireApp(call);
    const name = `${call.req.param('owner')}/${call.req.param('repo')}`.toLowerCase();
    const found = world.installations.find((one) =>
      listInstalled(world, one).some((repository) => repository.fullName.toLowerCase() === name),
    );
    return call.json(toInstallation(world, found ?? fail()));
  });
  for (const path of ['/users/:login/installation', '/orgs/:login/installation'] as const) {
    routes.get(path, (call) => {
      requireApp(call);
      const login = call.req.param('login').toLowerCase();
      const found = world.installations.find((one) => one.account.login.toLowerCase() === login);
      return call.json(toInstallation(world, found ?? fail()));
    });
  }
  routes.get('/installation/repositories', (call) => {
    const actor = call.get('actor');
    if (actor.kind !== 'installation') {
      throw new GitHubError(403, 'Resource not accessible by personal access token');
    }
    const { repositoryIds, installation } = actor;
    const reached = listInstalled(world, installation).filter(
      (one) => repositoryIds === 'all' || repositoryIds.has(one.id),
    );
    return call.json({
      total_count: reached.length,
      repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
      repositories: paginate(world, call, reached).map((one) => toRepository(world, one)),
    });
  });
  routes.delete('/installation/token', accepted(world, 'apps/revoke-token'), (call) => {
    const actor = call.get('actor');
    for (const [token, credential] of world.tokens) {
      if (credential.actor === actor && actor.kind === 'installation') {
        world.tokens.delete(token);
      }
    }
    return call.body(null, 204);
  });
  return routes;
}

function findInstallationById(world: World, id: string): Installation {
  return world.installations.find((one) => one.id === Number(id)) ?? fail();
}

function fail(): never {
  throw notFound();
}
