import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { canSee } from '../auth/require-access.ts';
import { notFound } from '../server/github-error.ts';
import type { Account } from '../state/account.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { View } from './view.ts';

export const VIEWER_COOKIE = 'simulator_user';

/** What a page needs to know of its request. */
export function toView(world: World, context: Context): View {
  return {
    world,
    viewer: findViewer(world, context),
    fault: context.req.query('fault') ?? null,
    path: context.req.path,
  };
}

/** Whom the person acts as: the user picked, or else the first of the seed. */
export function findViewer(world: World, context: Context): Account {
  const users = [...world.accounts.values()].filter((account) => account.type === 'User');
  const picked = users.find((account) => account.login === getCookie(context, VIEWER_COOKIE));
  const viewer = picked ?? users[0];
  if (!viewer) {
    throw new Error('The seed has no user to act as.');
  }
  return viewer;
}

/** @throws GitHubError 404 for a repository the viewer may not see. */
export function findPageRepository(view: View, context: Context): Repository {
  const name = `${context.req.param('owner')}/${context.req.param('repo')}`.toLowerCase();
  const repository = view.world.repositories.get(name);
  if (!repository || !canSee(view.world, repository, { kind: 'user', account: view.viewer })) {
    throw notFound();
  }
  return repository;
}
