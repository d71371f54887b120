import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toSimpleUser } from './to-simple-user.ts';

/** The App as it appears in check runs and in what it wrote. */
export function toIntegration(world: World): NonNullable<Rest['integration']> {
  const { app } = world;
  return {
    id: app.id,
    slug: app.slug,
    node_id: app.nodeId,
    client_id: app.clientId,
    owner: toSimpleUser(world, app.owner),
    name: app.name,
    description: null,
    external_url: world.url,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: { ...app.permissions },
    events: [...app.events],
    installations_count: world.installations.length,
  };
}

/** `performed_via_github_app`: the App for what it wrote, null for what a person wrote. */
export function toPerformedViaApp(world: World, viaApp: boolean): Rest['nullable-integration'] {
  return viaApp ? toIntegration(world) : null;
}
