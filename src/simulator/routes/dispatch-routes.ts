import { Hono } from 'hono';
import { z } from 'zod';
import type { Webhooks } from '../serializers/schemas.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { readBody } from '../server/read-body.ts';
import { writeRepository } from '../server/repository-of.ts';
import type { World } from '../state/world.ts';
import { emit, findInstallation } from '../webhooks/emit.ts';
import { toEnvelope } from '../webhooks/to-envelope.ts';
import { NEEDS } from './needs.ts';

const dispatch = z.object({
  event_type: z.string().min(1).max(100),
  client_payload: z.record(z.string(), z.unknown()).optional(),
});

/** `repository_dispatch`: a webhook on demand. */
export function dispatchRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.post(
    '/repos/:owner/:repo/dispatches',
    accepted(world, 'repos/create-dispatch-event'),
    async (call) => {
      const { repository, actor } = writeRepository(world, call, NEEDS.writeContents);
      const body = await readBody(call, dispatch);
      const installation = findInstallation(world, repository);
      if (installation) {
        const payload: Webhooks['webhook-repository-dispatch-sample'] = {
          ...toEnvelope(world, repository, actor.account),
          installation: { id: installation.id, node_id: installation.nodeId },
          action: body.event_type,
          branch: repository.defaultBranch,
          client_payload: body.client_payload ?? null,
        };
        emit(world, { event: 'repository_dispatch', repository, payload });
      }
      return call.body(null, 204);
    },
  );
  return routes;
}
