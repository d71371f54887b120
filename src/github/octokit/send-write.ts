import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';

/** A request whose body, when it has one, is in memory as a whole. */
export interface Write {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/**
 * Sends a request of which not a byte leaves before `mayWrite` has resolved, and rejects with its reason when it does
 * not. It is asked when the connection stands, and then the whole request is written in one go: a process can be
 * frozen at any moment, so as little as possible may lie between the question and the write. `fetch` would put a
 * stream between them, a hundred times as long. No redirect is followed.
 */
export async function sendWrite(url: string, write: Write, mayWrite: () => Promise<void>): Promise<Response> {
  const { method, headers, body, signal } = write;
  const send = new URL(url).protocol === 'https:' ? requestHttps : requestHttp;
  // Node.js does not count the body of a DELETE by itself.
  const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
  const request = send(url, { method, headers: { ...headers, ...length }, signal });
  const answered: Promise<IncomingMessage[]> = once(request, 'response');
  // It may fail a second time when it is given up, and nobody listens any more.
  request.on('error', () => undefined);
  try {
    await Promise.race([connected(request), answered]);
    await mayWrite();
    request.end(body);
    const [answer] = await answered;
    return await toResponse(answer as IncomingMessage);
  } catch (error) {
    request.destroy();
    throw signal.aborted ? signal.reason : error;
  }
}

async function connected(request: ClientRequest): Promise<void> {
  const [socket]: Socket[] = await once(request, 'socket');
  if (socket instanceof TLSSocket) {
    // Not in the types: true until the handshake is done.
    if ((socket as TLSSocket & { secureConnecting?: boolean }).secureConnecting === true) {
      await once(socket, 'secureConnect');
    }
  } else if (socket?.connecting === true) {
    await once(socket, 'connect');
  }
}

async function toResponse(answer: IncomingMessage): Promise<Response> {
  const { statusCode = 0, statusMessage = '', rawHeaders } = answer;
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  const body = await buffer(answer);
  const hasNone = [204, 205, 304].includes(statusCode);
  return new Response(hasNone ? null : body, { status: statusCode, statusText: statusMessage, headers });
}
