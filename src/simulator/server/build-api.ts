import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { identify } from '../auth/identify.ts';
import { ROUTES } from '../routes/routes.ts';
import { rateLimitRoutes } from '../routes/user-routes.ts';
import type { World } from '../state/world.ts';
import { answerError } from './answer-error.ts';
import { answerLog } from './answer-log.ts';
import type { ApiEnvironment } from './call.ts';
import { etag } from './etag.ts';
import type { FaultTable } from './faults.ts';
import { injectFaults } from './inject-faults.ts';
import { type Limits, openRateLimiter } from './rate-limit.ts';
import type { RequestLog } from './request-log.ts';

export type ApiParts = {
  readonly requests: RequestLog;
  readonly faults: FaultTable;
  readonly limits: Limits;
  readonly log: (line: string) => void;
};

/** The whole API, reached at `/` as on api.github.com and at `/api/v3` as on GitHub Enterprise Server. */
export function buildApi(world: World, parts: ApiParts): Hono<ApiEnvironment> {
  const limiter = openRateLimiter(parts.limits);
  const api = new Hono<ApiEnvironment>();
  api.use(answerLog(parts.requests));
  api.use(async (call, next) => {
    call.set('actor', identify(world, call.req.header('authorization')));
    await next();
    call.res.headers.set('x-github-request-id', randomUUID());
    call.res.headers.set('x-github-media-type', 'github.v3; format=json');
    call.res.headers.set('x-github-api-version-selected', '2022-11-28');
  });
  api.use(injectFaults(parts.faults));
  api.route('/', rateLimitRoutes(limiter));
  api.use(limiter.middleware);
  api.use(etag);
  for (const routesOf of ROUTES) {
    api.route('/', routesOf(world));
  }
  api.notFound((call) =>
    call.json(
      { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' },
      404,
    ),
  );
  api.onError((error, call) => answerError(call, error, parts.log));
  const both = new Hono<ApiEnvironment>();
  both.route('/api/v3', api);
  both.route('/api', api);
  both.route('/', api);
  return both;
}
