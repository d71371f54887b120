import type { Installation } from '../state/github-app.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toSimpleUser } from './to-simple-user.ts';

/** An installation of the App. */
export function toInstallation(world: World, installation: Installation): Rest['installation'] {
  const { account } = installation;
  return {
    id: installation.id,
    account: toSimpleUser(world, account),
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${world.url}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${world.url}/installation/repositories`,
    html_url: `${world.url}/organizations/${account.login}/settings/installations/${installation.id}`,
    app_id: world.app.id,
    app_slug: world.app.slug,
    client_id: world.app.clientId,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: [...world.app.events],
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspended && toSimpleUser(world, installation.suspended.by),
    suspended_at: installation.suspended?.at ?? null,
  };
}
