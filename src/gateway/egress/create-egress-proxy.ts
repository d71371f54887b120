import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Egress, EgressProxy, EgressRules } from '../../ports/egress.ts';
import { openSocketDirectory } from '../socket-directory.ts';
import { dial } from './dial.ts';
import { type EgressLimits, type EgressState, type Resolve, toReport } from './egress-state.ts';
import { joinSockets } from './join-sockets.ts';
import { passRequest } from './pass-request.ts';
import { type EgressPolicy, planEgress } from './plan-egress.ts';
import { toHost } from './to-host.ts';

const DEFAULT_LIMITS: EgressLimits = {
  bytes: 4 * 1024 ** 3,
  connections: 64,
  silenceMs: 60_000,
  durationMs: 15 * 60_000,
};

/** Clients that are served or wait, for each connection that may be open. */
const CLIENTS_PER_CONNECTION = 4;

export interface EgressOptions {
  /** A directory that only this user can enter; the sockets are made below it. */
  readonly home: string;
  readonly policy: EgressPolicy;
  readonly limits?: Partial<EgressLimits>;
  /** How names are looked up; the system's own when absent. */
  readonly resolve?: Resolve;
}

/** The server's end of all ways out: an HTTP proxy that knows a few hosts, on one socket for each sandbox. */
export async function createEgressProxy(
  options: EgressOptions,
): Promise<EgressProxy & { close(): Promise<void> }> {
  const directory = await openSocketDirectory(options.home);
  const open = new Set<Egress>();
  return {
    plan: (need) => planEgress(need, options.policy),
    async open(rules) {
      const egress = await openEgress(rules, directory, options);
      open.add(egress);
      return {
        ...egress,
        async close() {
          await egress.close();
          open.delete(egress);
        },
      };
    },
    async close() {
      await Promise.all([...open].map((egress) => egress.close()));
    },
  };
}

async function openEgress(rules: EgressRules, directory: string, options: EgressOptions): Promise<Egress> {
  const socketPath = join(directory, `${randomBytes(6).toString('hex')}.sock`);
  const ending = new AbortController();
  const state: EgressState = {
    rules,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    resolve: options.resolve ?? ((name) => lookup(name, { all: true })),
    signal: ending.signal,
    connections: 0,
    bytes: 0,
    refused: new Map(),
    cutOff: new Map(),
    unreachable: new Map(),
  };
  const server = createServer((incoming, response) => void passRequest(state, incoming, response));
  // Those that ask for nothing are not among the limited, and each is a file of the server.
  server.maxConnections = CLIENTS_PER_CONNECTION * state.limits.connections;
  const clients = new Set<Duplex>();
  server.on('connection', (client) => {
    clients.add(client);
    client.once('close', () => clients.delete(client));
  });
  server.on('connect', (incoming, client, head) => {
    client.on('error', () => client.destroy());
    void tunnel(state, incoming.url ?? '', { client, head });
  });
  server.listen(socketPath);
  await once(server, 'listening');
  // The directory is closed to others already; this is for whoever opens that.
  await chmod(socketPath, 0o600);
  return { socketPath, report: () => toReport(state), close };

  async function close(): Promise<void> {
    ending.abort();
    await end(server, clients);
    await rm(socketPath, { force: true });
  }
}

async function end(server: Server, clients: ReadonlySet<Duplex>): Promise<void> {
  if (server.listening) {
    const closed = once(server, 'close');
    server.close();
    for (const client of clients) {
      client.destroy();
    }
    await closed;
  }
}

/** Answers a CONNECT: from then on the bytes are the client's and the host's own. */
async function tunnel(
  state: EgressState,
  authority: string,
  { client, head }: { readonly client: Duplex; readonly head: Buffer },
): Promise<void> {
  const dialled = await dial(state, toHost(authority, null), authority);
  if (dialled.kind === 'refused') {
    client.end(`HTTP/1.1 ${dialled.status} Refused\r\ncontent-type: text/plain\r\n\r\n${dialled.why}\n`);
    return;
  }
  const { socket: upstream } = dialled;
  if (client.destroyed) {
    upstream.destroy();
    return;
  }
  client.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (head.length > 0) {
    upstream.write(head);
  }
  joinSockets(state, { client, upstream, target: authority });
}
