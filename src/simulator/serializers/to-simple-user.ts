import type { Account } from '../state/account.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';

/** An account as it appears inside other answers. */
export function toSimpleUser(world: World, account: Account) {
  const url = `${world.url}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    avatar_url: `${world.url}/avatars/${account.id}.svg`,
    gravatar_id: '',
    url,
    html_url: `${world.url}/${account.type === 'Bot' ? `apps/${world.app.slug}` : account.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  } satisfies Rest['simple-user'];
}
