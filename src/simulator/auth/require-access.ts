import type { PermissionName } from '../permissions.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import type { Actor, NamedActor } from '../state/actor.ts';
import type { Repository } from '../state/repository.ts';
import { includesRole, type Role } from '../state/role.ts';
import type { World } from '../state/world.ts';
import { roleOf } from './role-of.ts';

/** What a call asks for: the least role of a user, or one of the permissions of an App. */
export type Need = {
  readonly role: Role;
  /** Any one of them is enough. */
  readonly permissions: readonly PermissionName[];
};

export const READ: Need = { role: 'read', permissions: ['metadata'] };

/** True when the actor may read the repository at all. */
export function canSee(world: World, repository: Repository, actor: Actor): boolean {
  switch (actor.kind) {
    case 'anonymous':
    case 'app':
      return !repository.private;
    case 'user':
      return includesRole(roleOf(world, repository, actor.account), 'read');
    case 'installation':
      return !repository.private || isInstalledOn(actor, repository);
  }
}

/**
 * Checks a right to read.
 * @throws GitHubError 404 when the actor may not know of the repository, 403 when it lacks the permission.
 */
export function requireRead(world: World, repository: Repository, check: { actor: Actor; need: Need }): void {
  const { actor, need } = check;
  if (!canSee(world, repository, actor)) {
    throw notFound();
  }
  if (actor.kind === 'installation' && repository.private && !hasPermission(actor, need, 'read')) {
    throw new GitHubError(403, 'Resource not accessible by integration');
  }
}

/**
 * Checks a right to write and returns the writer.
 * @throws GitHubError 401 for nobody, 404 for what is hidden, 403 for a right that is missing.
 */
export function requireWrite(
  world: World,
  repository: Repository,
  check: { actor: Actor; need: Need },
): NamedActor {
  const { actor, need } = check;
  if (actor.kind === 'anonymous') {
    throw new GitHubError(401, 'Requires authentication');
  }
  if (actor.kind === 'app') {
    throw new GitHubError(401, 'A JSON web token could not be decoded');
  }
  if (!canSee(world, repository, actor)) {
    throw notFound();
  }
  if (repository.archived) {
    throw new GitHubError(403, 'Repository was archived so is read-only.');
  }
  if (!mayWrite(world, repository, { actor, need })) {
    throw new GitHubError(
      403,
      actor.kind === 'installation'
        ? 'Resource not accessible by integration'
        : `Must have ${need.role === 'admin' ? 'admin' : 'write'} rights to Repository.`,
    );
  }
  return actor;
}

/** True when the actor has the right to write. */
export function mayWrite(
  world: World,
  repository: Repository,
  check: { actor: NamedActor; need: Need },
): boolean {
  const { actor, need } = check;
  return actor.kind === 'user'
    ? includesRole(roleOf(world, repository, actor.account), need.role)
    : isInstalledOn(actor, repository) && hasPermission(actor, need, 'write');
}

type InstallationActor = Extract<Actor, { kind: 'installation' }>;

/** True when the token of an installation reaches the repository. */
function isInstalledOn(actor: InstallationActor, repository: Repository): boolean {
  const { installation, repositoryIds } = actor;
  const ofAccount = installation.account.id === repository.owner.id;
  const selected =
    installation.repositories === 'all' || installation.repositories.has(repository.fullName.toLowerCase());
  return ofAccount && selected && (repositoryIds === 'all' || repositoryIds.has(repository.id));
}

function hasPermission(actor: InstallationActor, need: Need, least: 'read' | 'write'): boolean {
  return need.permissions.some((name) => {
    const access = actor.permissions[name];
    return access === 'write' || (access === 'read' && least === 'read');
  });
}
