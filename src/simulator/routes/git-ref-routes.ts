import { Hono } from 'hono';
import { z } from 'zod';
import {
  deleteRef,
  isAncestor,
  isValidRef,
  moveRef,
  PULL_REFS,
  readRefs,
  resolveRef,
  ZERO_SHA,
} from '../git/refs.ts';
import { changeRefs } from '../operations/announce-refs.ts';
import { requireWorkflowCommit } from '../operations/workflow-right.ts';
import type { Rest } from '../serializers/schemas.ts';
import { toRepositoryUrl } from '../serializers/to-repository.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import { paginate } from '../server/paginate.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import { toNodeId } from '../state/node-id.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { NEEDS } from './needs.ts';

const newRef = z.object({ ref: z.string(), sha: z.string() });
const movedRef = z.object({ sha: z.string(), force: z.boolean().default(false) });

/** Refs of the git data API. */
export function gitRefRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  const path = '/repos/:owner/:repo/git';
  routes.get(`${path}/ref/:ref{.+}`, async (call) => {
    const repository = readRepository(world, call, NEEDS.readContents);
    return call.json(await toRef(world, repository, `refs/${call.req.param('ref')}`));
  });
  routes.get(`${path}/matching-refs/:ref{.+}`, async (call) => {
    const repository = readRepository(world, call, NEEDS.readContents);
    const prefix = `refs/${call.req.param('ref')}`;
    const names = [...(await readRefs(repository.git)).keys()].filter((name) => name.startsWith(prefix));
    return call.json(
      await Promise.all(paginate(world, call, names).map((name) => toRef(world, repository, name))),
    );
  });
  routes.post(`${path}/refs`, accepted(world, 'git/create-ref'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.writeContents) };
    const { ref, sha } = await readBody(call, newRef);
    await requireNewRef(act.repository, ref, sha);
    await requireWorkflowCommit(act, sha);
    await changeRefs(act, async () => {
      if (!(await moveRef(act.repository.git, ref, { from: ZERO_SHA, to: sha }))) {
        throw new GitHubError(422, 'Reference already exists');
      }
    });
    return call.json(await toRef(world, act.repository, ref), 201);
  });
  routes.patch(`${path}/refs/:ref{.+}`, accepted(world, 'git/update-ref'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.writeContents) };
    const ref = toMovableRef(call.req.param('ref'));
    const { sha, force } = await readBody(call, movedRef);
    await requireWorkflowCommit(act, sha);
    await changeRefs(act, () => forwardRef(act.repository, ref, { sha, force }));
    return call.json(await toRef(world, act.repository, ref));
  });
  routes.delete(`${path}/refs/:ref{.+}`, accepted(world, 'git/delete-ref'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.writeContents) };
    const ref = toMovableRef(call.req.param('ref'));
    await changeRefs(act, async () => {
      if (!(await resolveRef(act.repository.git, ref))) {
        throw new GitHubError(422, 'Reference does not exist');
      }
      await deleteRef(act.repository.git, ref);
    });
    return call.body(null, 204);
  });
  return routes;
}

// Those of pull requests follow their branches, and nobody else.
function toMovableRef(name: string): string {
  const ref = `refs/${name}`;
  if (ref.startsWith(PULL_REFS)) {
    throw new GitHubError(422, 'Reference cannot be updated');
  }
  return ref;
}

async function requireNewRef(repository: Repository, ref: string, sha: string): Promise<void> {
  const wellFormed =
    ref.startsWith('refs/') &&
    !ref.startsWith(PULL_REFS) &&
    ref.split('/').length > 2 &&
    (await isValidRef(repository.git, ref));
  if (!wellFormed) {
    throw new GitHubError(422, `${ref} is not a valid ref name.`);
  }
  if (!(await repository.git.objects.read(sha))) {
    throw new GitHubError(422, 'Object does not exist');
  }
  if (await resolveRef(repository.git, ref)) {
    throw new GitHubError(422, 'Reference already exists');
  }
}

async function forwardRef(
  repository: Repository,
  ref: string,
  to: { sha: string; force: boolean },
): Promise<void> {
  const current = await resolveRef(repository.git, ref);
  if (!current) {
    throw new GitHubError(422, 'Reference does not exist');
  }
  if (!(await repository.git.objects.read(`${to.sha}^{commit}`))) {
    throw new GitHubError(422, 'Object does not exist');
  }
  if (!to.force && !(await isAncestor(repository.git, current.sha, to.sha))) {
    throw new GitHubError(422, 'Update is not a fast forward');
  }
  if (!(await moveRef(repository.git, ref, { from: current.sha, to: to.sha }))) {
    throw new GitHubError(409, 'Reference was moved meanwhile');
  }
}

async function toRef(world: World, repository: Repository, ref: string): Promise<Rest['git-ref']> {
  const found = await resolveRef(repository.git, ref);
  if (!found) {
    throw notFound();
  }
  const url = `${toRepositoryUrl(world, repository)}/git`;
  return {
    ref,
    node_id: toNodeId('REF', Number.parseInt(found.sha.slice(0, 8), 16)),
    url: `${url}/${ref}`,
    object: { type: found.type, sha: found.sha, url: `${url}/${found.type}s/${found.sha}` },
  };
}
