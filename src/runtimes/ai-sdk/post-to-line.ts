import { type IncomingMessage, type RequestOptions, request } from 'node:http';
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

/** Far more than any answer of a model. */
const MOST_BYTES = 32 * 1024 ** 2;

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
  const bytes = await readAll(response);
  const status = response.statusCode ?? 502;
  return new Response(EMPTY.has(status) ? null : bytes, {
    status,
    headers: toHeaders(response),
  });
}

function send(options: RequestOptions, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(options, resolve).once('error', reject).end(body);
  });
}

async function readAll(response: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk as Uint8Array); // No encoding is set, so it comes as bytes.
    size += bytes.length;
    if (size > MOST_BYTES) {
      response.destroy();
      throw new Error(`The answer of the model has more than ${MOST_BYTES} bytes.`);
    }
    chunks.push(bytes);
  }
  return new Uint8Array(Buffer.concat(chunks));
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
