import type { Account } from '../state/account.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toSimpleUser } from './to-simple-user.ts';

/** An account as `GET /users/{login}` shows it. */
export function toPublicUser(world: World, account: Account): Rest['public-user'] {
  return {
    ...toSimpleUser(world, account),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: [...world.repositories.values()].filter(
      (one) => one.owner.id === account.id && !one.private,
    ).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  };
}
