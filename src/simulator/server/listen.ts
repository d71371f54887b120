import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type GitParts, serveGit, toGitRequest } from './serve-git.ts';

type Fetch = Parameters<typeof getRequestListener>[0];

/** So long that nobody asks just when an idle connection is closed. */
const KEEP_ALIVE_MS = 10 * 60_000;

const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/**
 * Starts listening on loopback only. Requests by another host name are refused, so that no page on the web can reach
 * the simulator through a name of its own.
 */
export async function listen(
  port: number,
  fetch: Fetch,
  git: GitParts,
): Promise<{ server: Server; port: number }> {
  const answer = getRequestListener(fetch, { overrideGlobalObjects: false });
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    // Node keeps the date of its answers for a second, and for longer when it is busy: then they would be of a time before
    // they were asked for, and whoever goes by GitHub's clock would put theirs back.
    response.setHeader('date', new Date().toUTCString());
    if (!LOOPBACK_HOST.test(request.headers.host ?? '')) {
      response.writeHead(403, { 'content-type': 'text/plain' });
      response.end('The simulator answers on loopback only. Use http://127.0.0.1.');
      return;
    }
    const wanted = toGitRequest(request.url ?? '/');
    void (wanted ? serveGit(git, wanted, { request, response }) : answer(request, response));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : port };
}
