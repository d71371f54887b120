import { type Need, READ, requireRead, requireWrite } from '../auth/require-access.ts';
import type { NamedActor } from '../state/actor.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { Call } from './call.ts';
import { notFound } from './github-error.ts';

/**
 * The repository named in the path, for reading.
 * @throws GitHubError 404 when there is none the actor may see.
 */
export function readRepository(world: World, call: Call, need: Need = READ): Repository {
  const repository = findRepository(world, call);
  requireRead(world, repository, { actor: call.get('actor'), need });
  return repository;
}

/**
 * The repository named in the path, for writing, with who writes.
 * @throws GitHubError 401, 403 or 404 when the actor has not the right.
 */
export function writeRepository(
  world: World,
  call: Call,
  need: Need,
): { repository: Repository; actor: NamedActor } {
  const repository = findRepository(world, call);
  return { repository, actor: requireWrite(world, repository, { actor: call.get('actor'), need }) };
}

function findRepository(world: World, call: Call): Repository {
  const name = `${call.req.param('owner')}/${call.req.param('repo')}`.toLowerCase();
  const repository = world.repositories.get(name);
  if (!repository) {
    throw notFound();
  }
  return repository;
}
