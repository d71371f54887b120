import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { ModelLine } from '../../ports/model-gateway.ts';

/** A request as the AI SDK makes it: complete, and its answer is read at once. */
export interface LineRequest {
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
  readonly signal: AbortSignal | null;
}

/** What the AI SDK puts into the address; on a line it means nothing. */
export const LINE_URL = 'http://model.line/v1';

/** Statuses whose answer must not have a body. */
const EMPTY = new Set([204, 205, 304]);

/**
 * Asks over the line's socket. There is no limit on the time: models think long, and the signal ends it.
 * @throws AbortError on the signal; Error when the line is gone or breaks off.
 */
export async function postToLine(line: Pick<ModelLine, 'socketPath'>, asked: LineRequest): Promise<Response> {
  const headers = Object.fromEntries(asked.headers);
  const response = await send(
    {
      socketPath: line.socketPath,
      path: asked.path,
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(asked.body) },
      ...(asked.signal === null ? {} : { signal: asked.signal }),
    },
    asked.body,
  );
  const bytes = await buffer(response);
  const status = response.statusCode ?? 502;
  return new Response(EMPTY.has(status) ? null : new Uint8Array(bytes), {
    status,
    headers: toHeaders(response),
  });
}

function send(options: RequestOptions, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(options, resolve).once('error', reject).end(body);
  });
}

function toHeaders({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) {
      headers.append(name, value);
    }
  }
  return headers;
}
