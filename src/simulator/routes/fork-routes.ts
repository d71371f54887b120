import { Hono } from 'hono';
import { z } from 'zod';
import { canSee, READ } from '../auth/require-access.ts';
import { createFork } from '../operations/create-fork.ts';
import { toFullRepository, toRepository } from '../serializers/to-repository.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { paginate } from '../server/paginate.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import { listForks } from '../state/fork-network.ts';
import type { World } from '../state/world.ts';

const newFork = z.object({
  organization: z.string().optional(),
  name: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'is not a repository name')
    .optional(),
});

const PATH = '/repos/:owner/:repo/forks';

/** Forks of a repository. Whoever may read it may fork it. */
export function forkRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get(PATH, (call) => {
    const forks = listForks(world, readRepository(world, call)).filter((one) =>
      canSee(world, one, call.get('actor')),
    );
    const sorted = call.req.query('sort') === 'oldest' ? forks.toReversed() : forks;
    return call.json(paginate(world, call, sorted).map((one) => toRepository(world, one)));
  });
  routes.post(PATH, accepted(world, 'repos/create-fork'), async (call) => {
    const act = { world, ...writeRepository(world, call, READ) };
    const { organization, name } = await readBody(call, newFork);
    const fork = await createFork(act, { organization: organization ?? null, name: name ?? null });
    // GitHub answers before the copy is made; here it is there already.
    return call.json(toFullRepository(world, fork, act.actor), 202);
  });
  return routes;
}
