import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { Log } from '../../ports/log.ts';
import type { CallTool } from '../call-tool.ts';
import { createServer } from '../create-server.ts';
import type { Tool } from '../tool.ts';
import { judgeRequest, PATH, type Rules } from './judge-request.ts';

export interface HttpOptions extends Rules {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly tools: readonly Tool[];
  readonly callTool: CallTool;
  readonly log: Log;
}

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** The longest description and path, several times over. */
const LONGEST_BODY = 256 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/**
 * Clients hear of it in the answers and close first. Not for as long as agents think between two calls: their idle
 * connections would take the places of others.
 */
const KEEP_ALIVE_MS = 75_000;
const MOST_CONNECTIONS = 256;
/** Open streams of changes; there are none to tell of. */
const MOST_SUBSCRIPTIONS = 16;

/** Serves the protocol over HTTP. Rejects when the address cannot be had. */
export async function listen(options: HttpOptions): Promise<Listening> {
  const { host, port, tools, callTool, log } = options;
  const handler = createMcpHandler(
    ({ authInfo }) => createServer(tools, callTool, `http ${authInfo?.clientId ?? 'unknown'}`),
    {
      maxRequestBodySize: LONGEST_BODY,
      maxSubscriptions: MOST_SUBSCRIPTIONS,
      onerror: (error) => log.debug({ error }, 'a request over MCP was not understood'),
    },
  );
  const serve = toNodeHandler(handler, { maxRequestBodySize: LONGEST_BODY });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const rejection = judgeRequest(options, request);
    const address = request.socket.remoteAddress ?? 'unknown';
    if (rejection !== null) {
      log.warn({ address, status: rejection.status }, 'a request over MCP was rejected');
      const challenge = rejection.status === 401 ? { 'www-authenticate': 'Bearer' } : {};
      response.writeHead(rejection.status, {
        'content-type': 'text/plain',
        connection: 'close',
        ...challenge,
      });
      response.end(`${rejection.text}\n`);
      return;
    }
    // The token stays here.
    const { method = 'GET', url = '/' } = request;
    const auth = { token: '', clientId: address, scopes: [] };
    await serve(Object.assign(request, { method, url, auth }), response);
  }
  const server = createHttpServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error({ error }, 'a request over MCP broke');
      response.destroy();
    });
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxConnections = MOST_CONNECTIONS;
  server.on('drop', (dropped) => {
    const address = dropped?.remoteAddress ?? 'unknown';
    log.warn({ address, most: MOST_CONNECTIONS }, 'a connection over MCP was dropped: too many are open');
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    url: toUrl(server.address(), host),
    async close() {
      server.close();
      await handler.close();
      server.closeAllConnections();
    },
  };
}

function toUrl(address: ReturnType<ReturnType<typeof createHttpServer>['address']>, host: string): string {
  if (address === null || typeof address === 'string') {
    throw new Error(`MCP listens at ${String(address)}, not on a TCP port.`);
  }
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}${PATH}`;
}
