import { canSee } from '../auth/require-access.ts';
import { resolveCommit } from '../git/refs.ts';
import type { Actor } from '../state/actor.ts';
import { listNetwork } from '../state/fork-network.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { bringCommit } from './pull-refs.ts';

/** One side of a comparison: `branch`, `sha`, or `owner:branch` of a repository in the network; null for none to see. */
export async function resolveCompared(
  world: World,
  repository: Repository,
  side: { name: string; actor: Actor },
): Promise<string | null> {
  const [login = '', ...rest] = side.name.split(':');
  if (rest.length === 0) {
    return resolveCommit(repository.git, side.name);
  }
  const owned = listNetwork(world, repository).filter(
    (one) => one.owner.login.toLowerCase() === login.toLowerCase() && canSee(world, one, side.actor),
  );
  const from = owned.includes(repository) ? repository : owned[0];
  const sha = from ? await resolveCommit(from.git, rest.join(':')) : null;
  if (from && sha !== null) {
    await bringCommit(repository, from, sha);
  }
  return sha;
}
