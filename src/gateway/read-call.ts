import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type CheckedBody, checkBody } from './check-body.ts';
import { readToken } from './headers.ts';
import type { Line } from './line.ts';
import { readBody } from './read-body.ts';
import type { Refusal } from './refuse.ts';
import { findRoute, type Route } from './route.ts';

/** A request that the line is for. */
export interface ReadCall {
  readonly kind: 'call';
  readonly route: Route;
  readonly body: CheckedBody;
}

/** Reads a request, the token first, and looks whether the line is for it. */
export async function readCall(
  { exchange, request: { models }, token }: Line,
  request: IncomingMessage,
): Promise<ReadCall | ({ readonly kind: 'refused' } & Refusal)> {
  if (!isSame(readToken(request.headers), token)) {
    return { kind: 'refused', status: 401, message: 'This is not the token of this line.' };
  }
  const route = findRoute(exchange.provider.kind, request.method ?? '', request.url ?? '');
  if (route === null) {
    return { kind: 'refused', status: 404, message: 'There is no such call on this line.' };
  }
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
    return { kind: 'refused', status: 415, message: 'The body must not be packed.' };
  }
  const bytes = await readBody(request).catch(() => 'too-large' as const);
  if (bytes === 'too-large') {
    const message = 'The body is larger than any provider takes.';
    return { kind: 'refused', status: 413, message, unread: true };
  }
  const body = checkBody(route.form, bytes, models);
  return body.kind === 'refused' ? body : { kind: 'call', route, body };
}

/** Takes the same time wherever they differ. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
