import type { Account } from '../state/account.ts';
import type { World } from '../state/world.ts';
import type { Rest, Webhooks } from './schemas.ts';

/** An organization inside payloads and lists. */
export function toOrganization(world: World, account: Account) {
  const url = `${world.url}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.url}/avatars/${account.id}.svg`,
    description: null,
  } satisfies Rest['organization-simple'] & Webhooks['organization-simple-webhooks'];
}
