import type { Repository } from './repository.ts';
import type { World } from './world.ts';

/** What a network of forks began with; a repository that is no fork is its own source. */
export function findSource(repository: Repository): Repository {
  let source = repository;
  while (source.parent) {
    source = source.parent;
  }
  return source;
}

/** A repository and everything forked from the same source. */
export function listNetwork(world: World, repository: Repository): Repository[] {
  const source = findSource(repository);
  return [...world.repositories.values()].filter((one) => findSource(one) === source);
}

/** The repositories forked directly from this one, newest first. */
export function listForks(world: World, repository: Repository): Repository[] {
  return [...world.repositories.values()]
    .filter((one) => one.parent === repository)
    .toSorted((a, b) => b.id - a.id);
}
