import { setTimeout as wait } from 'node:timers/promises';
import { createMiddleware } from 'hono/factory';
import { toApiPath } from './api-path.ts';
import type { ApiEnvironment, Call } from './call.ts';
import type { FaultTable, RequestFault } from './faults.ts';

/** Lets injected faults hit matching requests. Requests of our own pages are spared: they have no socket. */
export function injectFaults(table: FaultTable) {
  return createMiddleware<ApiEnvironment>(async (call, next) => {
    const fault = call.env.incoming ? table.take(call.req.method, toApiPath(call.req.path)) : null;
    if (!fault) {
      await next();
      return;
    }
    if ('delayMs' in fault) {
      await wait(fault.delayMs);
      await next();
      return;
    }
    if ('hold' in fault) {
      await fault.hold();
      await next();
      return;
    }
    if (fault.when === 'after') {
      await next();
    }
    call.res = fail(call, fault);
  });
}

function fail(call: Call, fault: Extract<RequestFault, { status: unknown }>): Response {
  if (fault.status === 'reset') {
    call.env.incoming?.socket.resetAndDestroy();
    // Nobody receives this; the request log shows it as status 0.
    return new Response(null, { status: 500, headers: { 'x-simulator-reset': 'true' } });
  }
  return new Response(JSON.stringify(fault.body ?? { message: 'Injected fault' }), {
    status: fault.status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...fault.headers },
  });
}
