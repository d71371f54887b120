import type { TokenScope } from '../auth/mint-installation-token.ts';
import type { PermissionName, Permissions } from '../permissions.ts';
import { GitHubError } from '../server/github-error.ts';
import type { Installation } from '../state/github-app.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';

export type TokenWish = {
  readonly permissions?: Permissions | undefined;
  readonly repositoryIds?: readonly number[] | undefined;
  /** Names without the owner. */
  readonly repositories?: readonly string[] | undefined;
};

/** What a token may do: no more than the installation, and less when it is asked for. @throws GitHubError 422 */
export function narrowToken(world: World, installation: Installation, wish: TokenWish): TokenScope {
  const wanted = wish.permissions;
  if (wanted && !isWithin(wanted, installation.permissions)) {
    throw new GitHubError(422, 'The permissions requested are not granted to this installation.');
  }
  const permissions = wanted ? { metadata: 'read' as const, ...wanted } : installation.permissions;
  return { permissions, repositoryIds: narrowRepositories(world, installation, wish) };
}

/** The repositories an installation reaches. */
export function listInstalled(world: World, installation: Installation): Repository[] {
  return [...world.repositories.values()].filter(
    (repository) =>
      repository.owner.id === installation.account.id &&
      (installation.repositories === 'all' ||
        installation.repositories.has(repository.fullName.toLowerCase())),
  );
}

function narrowRepositories(
  world: World,
  installation: Installation,
  wish: TokenWish,
): ReadonlySet<number> | 'all' {
  if (!wish.repositoryIds && !wish.repositories) {
    return 'all';
  }
  const installed = listInstalled(world, installation);
  const byId = (wish.repositoryIds ?? []).map((id) => installed.find((one) => one.id === id));
  const byName = (wish.repositories ?? []).map((name) =>
    installed.find((one) => one.name.toLowerCase() === name.toLowerCase()),
  );
  const found = [...byId, ...byName];
  const known = found.filter((one) => one !== undefined);
  if (known.length < found.length) {
    throw new GitHubError(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  return new Set(known.map((one) => one.id));
}

function isWithin(wanted: Permissions, granted: Permissions): boolean {
  const names = Object.keys(wanted).filter((name): name is PermissionName => name in wanted);
  return names.every((name) => {
    const access = granted[name];
    return access === 'write' || (access === 'read' && wanted[name] === 'read');
  });
}
