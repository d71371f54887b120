import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Log } from '../ports/log.ts';
import type { Exposition } from './create-exposition.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What is sent as bearer token; null lets everybody read who can connect. */
  readonly token: string | null;
  readonly exposition: Pick<Exposition, 'print'>;
  readonly log: Log;
}

const PATH = '/metrics';
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const TIMEOUT_MS = 10_000;
/** A scraper needs one. */
const MOST_CONNECTIONS = 16;

/** Serves the metrics over HTTP. Rejects when the address cannot be had. */
export async function listen(
  options: ListenOptions,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => void answer(request, response, options));
  server.headersTimeout = TIMEOUT_MS;
  server.requestTimeout = TIMEOUT_MS;
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const { host } = options;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}${PATH}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { token, exposition, log }: ListenOptions,
): Promise<void> {
  const refusal = refuse(request, token);
  if (refusal !== null) {
    response.writeHead(refusal.status, { connection: 'close', ...refusal.headers }).end(`${refusal.text}\n`);
    return;
  }
  try {
    const text = await exposition.print();
    response.writeHead(200, { 'content-type': CONTENT_TYPE }).end(text);
  } catch (error) {
    log.warn({ error }, 'the metrics could not be read');
    response.writeHead(503).end('The metrics cannot be read now; see the log.\n');
  }
}

interface Refusal {
  readonly status: 401 | 403 | 404;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Null when the metrics are to be shown. */
function refuse({ headers, method, url }: IncomingMessage, token: string | null): Refusal | null {
  if (token !== null && !isSame(headers.authorization ?? '', `Bearer ${token}`)) {
    const text = 'Send the token: Authorization: Bearer <BATON_METRICS_TOKEN>.';
    return { status: 401, text, headers: { 'www-authenticate': 'Bearer' } };
  }
  if (token === null && !isOfThisMachine(headers.host ?? '')) {
    return { status: 403, text: 'Requests for this host are not answered here.' };
  }
  const isAsked = method === 'GET' && url?.split('?', 1)[0] === PATH;
  return isAsked ? null : { status: 404, text: `The metrics are at ${PATH}.` };
}

/** A page in a browser on this machine can give 127.0.0.1 a name of its own; it cannot choose this header. */
function isOfThisMachine(host: string): boolean {
  return /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(host);
}

/** Takes the same time however much of it is right. */
function isSame(given: string, wanted: string): boolean {
  const [left, right] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
