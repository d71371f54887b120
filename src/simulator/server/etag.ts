import { createHash } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { ApiEnvironment } from './call.ts';

/** Gives every GET an ETag and answers 304 when the client has that state already. */
export const etag = createMiddleware<ApiEnvironment>(async (call, next) => {
  await next();
  if (call.req.method !== 'GET' || call.res.status !== 200) {
    return;
  }
  const body = Buffer.from(await call.res.arrayBuffer());
  const tag = `W/"${createHash('sha256').update(body).digest('hex')}"`;
  const headers = new Headers(call.res.headers);
  headers.set('etag', tag);
  const known = (call.req.header('if-none-match') ?? '').split(',').map((one) => one.trim());
  if (known.includes(tag) || known.includes(tag.slice(2))) {
    headers.delete('content-type');
    call.res = new Response(null, { status: 304, headers });
    return;
  }
  call.res = new Response(body, { status: 200, headers });
});
