import { createMiddleware } from 'hono/factory';
import { toActorName } from '../auth/identify.ts';
import { toApiPath } from './api-path.ts';
import type { ApiEnvironment } from './call.ts';
import type { RequestLog } from './request-log.ts';

/** Notes every answered request. */
export function answerLog(log: RequestLog) {
  return createMiddleware<ApiEnvironment>(async (call, next) => {
    await next();
    log.add({
      method: call.req.method,
      path: toApiPath(call.req.path),
      status: call.res.headers.has('x-simulator-reset') ? 0 : call.res.status,
      actor: toActorName(call.get('actor') ?? { kind: 'anonymous' }),
    });
  });
}
