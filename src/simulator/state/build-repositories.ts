import type { CheckedSeed } from '../seed.ts';
import type { Account } from './account.ts';
import { buildRepository, toRoles } from './build-repository.ts';
import { forkRepository } from './fork-repository.ts';
import type { Repository } from './repository.ts';

type RepositorySeed = CheckedSeed['repositories'][number];
type Place = {
  readonly account: (login: string) => Account;
  readonly directory: string;
  readonly nextId: () => number;
};

/** Makes the repositories of a seed, in its order; a fork is made once its parent is. */
export async function buildRepositories(
  seeds: readonly RepositorySeed[],
  place: Place,
): Promise<Repository[]> {
  const begun = new Map<string, Promise<Repository>>();
  function build(seed: RepositorySeed): Promise<Repository> {
    const name = `${seed.owner}/${seed.name}`.toLowerCase();
    const building = begun.get(name) ?? make(seed);
    begun.set(name, building);
    return building;
  }
  async function make(seed: RepositorySeed): Promise<Repository> {
    const at = { owner: place.account(seed.owner), directory: place.directory, nextId: place.nextId };
    const parent = seeds.find((one) => isNamed(one, seed.forkOf));
    if (!parent) {
      return buildRepository(seed, at);
    }
    const fork = await forkRepository(await build(parent), { ...at, name: seed.name });
    for (const [login, role] of toRoles(seed)) {
      fork.roles.set(login, role);
    }
    return fork;
  }
  return Promise.all(seeds.map(build));
}

function isNamed(seed: RepositorySeed, fullName: string | undefined): boolean {
  return `${seed.owner}/${seed.name}`.toLowerCase() === fullName?.toLowerCase();
}
