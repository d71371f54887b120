import { createMiddleware } from 'hono/factory';
import { toActorName } from '../auth/identify.ts';
import type { World } from '../state/world.ts';
import { toApiPath } from './api-path.ts';
import type { ApiEnvironment } from './call.ts';

/**
 * Enters the write of a route in the ledger once it is accepted, before it is answered.
 * @param kind GitHub's name of the operation, e.g. `issues/create-comment`
 */
export function accepted(world: World, kind: string) {
  return createMiddleware<ApiEnvironment>(async (call, next) => {
    await next();
    if (call.error || !call.res.ok) {
      return;
    }
    const text = await call.req.text();
    world.ledger.record({
      actor: toActorName(call.get('actor')),
      method: call.req.method,
      path: toApiPath(call.req.path),
      kind,
      body: text === '' ? null : JSON.parse(text),
    });
  });
}
