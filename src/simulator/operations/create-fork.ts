import { GitHubError } from '../server/github-error.ts';
import type { Account } from '../state/account.ts';
import { forkRepository } from '../state/fork-repository.ts';
import { toFullName } from '../state/new-repository.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { emitFork } from '../webhooks/emit-fork.ts';
import type { Act } from './act.ts';

export type NewFork = {
  /** Login of an organization; null for the user's own account. */
  readonly organization: string | null;
  readonly name: string | null;
};

/**
 * Forks a repository, or returns the fork which the account has already.
 * @throws GitHubError 403 for an App, a stranger to the organization, one's own repository, and an empty one.
 */
export async function createFork(act: Act, wanted: NewFork): Promise<Repository> {
  const { world, repository } = act;
  const owner = requireOwner(act, wanted.organization);
  if (repository.announcedRefs.size === 0) {
    const why = 'The repository exists, but it contains no Git content. Empty repositories cannot be forked.';
    throw new GitHubError(403, why);
  }
  return repository.git.exclusively(async () => {
    const present = [...world.repositories.values()].find(
      (one) => one.parent === repository && one.owner === owner,
    );
    if (present) {
      return present;
    }
    const name = findFreeName(world, owner, wanted.name ?? repository.name);
    const fork = await forkRepository(repository, {
      owner,
      name,
      directory: world.directory,
      nextId: world.nextId,
    });
    world.repositories.set(fork.fullName.toLowerCase(), fork);
    emitFork(act, fork);
    return fork;
  });
}

function requireOwner({ world, repository, actor }: Act, login: string | null): Account {
  if (actor.kind === 'installation') {
    throw new GitHubError(403, 'Resource not accessible by integration');
  }
  if (login === null) {
    if (repository.owner === actor.account) {
      throw new GitHubError(403, 'You cannot fork your own repository into the same account.');
    }
    return actor.account;
  }
  const organization = world.organizations.get(login.toLowerCase());
  if (!organization?.members.has(actor.account.login.toLowerCase())) {
    throw new GitHubError(403, `You must be a member of ${login} to fork into it.`);
  }
  return organization.account;
}

// As GitHub does, a name that is taken gets a number.
function findFreeName(world: World, owner: Account, wanted: string): string {
  let name = wanted;
  for (let next = 1; world.repositories.has(toFullName(owner, name).toLowerCase()); next += 1) {
    name = `${wanted}-${next}`;
  }
  return name;
}
