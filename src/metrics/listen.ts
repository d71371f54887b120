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
  if (token !== null && !isSame(request.headers.authorization ?? '', `Bearer ${token}`)) {
    response.writeHead(401, { 'www-authenticate': 'Bearer', connection: 'close' });
    response.end('Send the token: Authorization: Bearer <BATON_METRICS_TOKEN>.\n');
    return;
  }
  if (request.method !== 'GET' || request.url?.split('?', 1)[0] !== PATH) {
    response.writeHead(404).end(`The metrics are at ${PATH}.\n`);
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

/** Takes the same time however much of it is right. */
function isSame(given: string, wanted: string): boolean {
  const [left, right] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
