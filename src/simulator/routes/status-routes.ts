import { Hono } from 'hono';
import { z } from 'zod';
import { runAutoMerge } from '../operations/auto-merge.ts';
import type { Rest } from '../serializers/schemas.ts';
import { toRepository, toRepositoryUrl } from '../serializers/to-repository.ts';
import { toSimpleUser } from '../serializers/to-simple-user.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { paginate } from '../server/paginate.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import type { CommitStatus } from '../state/commit-status.ts';
import { toNodeId } from '../state/node-id.ts';
import type { Repository } from '../state/repository.ts';
import { timestamp } from '../state/timestamp.ts';
import type { World } from '../state/world.ts';
import { emitStatus } from '../webhooks/emit-status.ts';
import { requireCommit } from './commit-check-routes.ts';
import { NEEDS } from './needs.ts';

const newStatus = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  context: z.string().default('default'),
  description: z.string().max(140, 'is too long (maximum is 140 characters)').nullish(),
  target_url: z.string().nullish(),
});

/** Commit statuses, the older sibling of check runs. */
export function statusRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.post(
    '/repos/:owner/:repo/statuses/:sha',
    accepted(world, 'repos/create-commit-status'),
    async (call) => {
      const act = { world, ...writeRepository(world, call, NEEDS.writeStatuses) };
      const body = await readBody(call, newStatus);
      const id = world.nextId();
      const status: CommitStatus = {
        id,
        nodeId: toNodeId('SC', id),
        sha: await requireCommit(act.repository, call.req.param('sha')),
        state: body.state,
        context: body.context,
        description: body.description ?? null,
        targetUrl: body.target_url ?? null,
        creator: act.actor.account,
        createdAt: timestamp(),
      };
      act.repository.statuses.push(status);
      await emitStatus(act, status);
      await runAutoMerge(act, status.sha);
      return call.json(toStatus(world, act.repository, status), 201);
    },
  );
  routes.get('/repos/:owner/:repo/commits/:ref{.+}/statuses', async (call) => {
    const repository = readRepository(world, call);
    const sha = await requireCommit(repository, call.req.param('ref'));
    const page = paginate(
      world,
      call,
      repository.statuses.filter((status) => status.sha === sha).toReversed(),
    );
    return call.json(page.map((status) => toStatus(world, repository, status)));
  });
  routes.get('/repos/:owner/:repo/commits/:ref{.+}/status', async (call) => {
    const repository = readRepository(world, call);
    const sha = await requireCommit(repository, call.req.param('ref'));
    const latest = new Map(
      repository.statuses.filter((one) => one.sha === sha).map((one) => [one.context, one]),
    );
    const statuses = [...latest.values()];
    const url = `${toRepositoryUrl(world, repository)}/commits/${sha}`;
    const answer: Rest['combined-commit-status'] = {
      state: combine(statuses),
      statuses: statuses.map((status) => toStatus(world, repository, status)),
      sha,
      total_count: statuses.length,
      repository: toRepository(world, repository),
      commit_url: url,
      url: `${url}/status`,
    };
    return call.json(answer);
  });
  return routes;
}

function toStatus(world: World, repository: Repository, status: CommitStatus) {
  return {
    id: status.id,
    node_id: status.nodeId,
    url: `${toRepositoryUrl(world, repository)}/statuses/${status.sha}`,
    avatar_url: `${world.url}/avatars/${status.creator.id}.svg`,
    state: status.state,
    context: status.context,
    description: status.description,
    target_url: status.targetUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator: toSimpleUser(world, status.creator),
  } satisfies Rest['status'] & Rest['simple-commit-status'];
}

function combine(statuses: readonly CommitStatus[]): string {
  if (statuses.some((status) => status.state === 'failure' || status.state === 'error')) {
    return 'failure';
  }
  return statuses.length > 0 && statuses.every((status) => status.state === 'success')
    ? 'success'
    : 'pending';
}
