import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a database that can be cut and restored. It keeps its port meanwhile, so that nobody else is given it. */
export interface Proxy {
  readonly url: string;
  /** Ends every connection, and new ones at once. */
  cut(): void;
  restore(): void;
  stop(): void;
}

export async function startProxy(databaseUrl: string): Promise<Proxy> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
        open.delete(socket);
      });
    }
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  function cut(): void {
    isCut = true;
    for (const socket of open) {
      socket.destroy();
    }
  }
  return {
    url: url.href,
    cut,
    restore() {
      isCut = false;
    },
    stop() {
      cut();
      server.close();
    },
  };
}
