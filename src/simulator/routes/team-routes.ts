import { Hono } from 'hono';
import type { Rest } from '../serializers/schemas.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import type { Actor } from '../state/actor.ts';
import type { Organization } from '../state/organization.ts';
import type { World } from '../state/world.ts';

/** Who is in which team of an organization. */
export function teamRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/orgs/:organization/teams/:slug/memberships/:login', (call) => {
    const { organization: name, slug, login } = call.req.param();
    const organization = world.organizations.get(name.toLowerCase());
    if (organization === undefined) {
      throw notFound();
    }
    requireMembers(organization, call.get('actor'));
    const team = organization.teams.get(slug.toLowerCase());
    if (team?.has(login.toLowerCase()) !== true) {
      throw notFound();
    }
    const isOwner = organization.members.get(login.toLowerCase()) === 'admin';
    const answer: Rest['team-membership'] = {
      url: `${world.url}/orgs/${organization.account.login}/teams/${slug}/memberships/${login}`,
      role: isOwner ? 'maintainer' : 'member',
      state: 'active',
    };
    return call.json(answer);
  });
  return routes;
}

/** Teams are known to members of the organization, and to Apps that may read its members. */
function requireMembers({ account, members }: Organization, actor: Actor): void {
  if (actor.kind === 'user' && members.has(actor.account.login.toLowerCase())) {
    return;
  }
  if (actor.kind !== 'installation' || actor.installation.account.id !== account.id) {
    throw notFound();
  }
  if (actor.permissions.members === undefined) {
    throw new GitHubError(403, 'Resource not accessible by integration');
  }
}
