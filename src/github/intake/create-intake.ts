import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createRoute, type RouteOptions } from './route.ts';

export interface IntakeOptions extends RouteOptions {
  /** How long a client may take for its headers and for its whole request. */
  readonly timeouts?: { readonly headersMs: number; readonly requestMs: number };
}

export interface Intake {
  readonly server: Server;
  /** Starts to listen and returns the port; 0 takes any free one. */
  listen(host: string, port: number): Promise<number>;
  /** Takes no more requests, lets the open ones finish for at most `graceMs`, then cuts them off. Safe to call twice. */
  stop(graceMs?: number): Promise<void>;
}

/** Longer than proxies keep a connection that nobody uses: a delivery on one that is closed just then would be lost. */
const KEEP_ALIVE_MS = 75_000;

/** The HTTP server that GitHub talks to: nothing but checks, the durable inbox, and an answer. */
export function createIntake(options: IntakeOptions): Intake {
  if (options.secret === '') {
    throw new Error('The webhook secret is empty. Set WEBHOOK_SECRET to the secret of the GitHub App.');
  }
  const { headersMs, requestMs } = options.timeouts ?? { headersMs: 10_000, requestMs: 30_000 };
  const route = createRoute(options);
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // Node looks for slow clients only this often.
      connectionsCheckingInterval: Math.min(headersMs, 1_000),
    },
    route.handle,
  );

  async function stop(graceMs = 5_000): Promise<void> {
    route.drain();
    if (!server.listening) {
      return;
    }
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(cut);
  }

  return {
    server,
    async listen(host, port) {
      server.listen(port, host);
      await once(server, 'listening');
      const address = server.address();
      if (address === null || typeof address === 'string') {
        throw new Error(`The intake listens at ${String(address)}, not on a TCP port.`);
      }
      return address.port;
    },
    stop,
  };
}
