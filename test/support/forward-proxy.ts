import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** A proxy of a network, on loopback. Whatever it is asked for, it passes on to one server. */
export interface ForwardProxy {
  /** With a user name and a password. */
  readonly url: string;
  /** The hosts that it was asked for, with their ports. */
  readonly asked: string[];
  /** What clients have shown for a user name and a password. */
  readonly credentials: ReadonlySet<string>;
  stop(): Promise<void>;
}

export async function startForwardProxy(targetPort: number): Promise<ForwardProxy> {
  const asked: string[] = [];
  const credentials = new Set<string>();
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '');
    asked.push(`${url.hostname}:${url.port || 80}`);
    credentials.add(incoming.headers['proxy-authorization'] ?? '');
    const passed = request(
      {
        host: '127.0.0.1',
        port: targetPort,
        method: incoming.method,
        path: `${url.pathname}${url.search}`,
        headers: incoming.headers,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(passed);
  });
  server.on('connect', (incoming, client, head) => {
    asked.push(incoming.url ?? '');
    credentials.add(incoming.headers['proxy-authorization'] ?? '');
    const target = connect(targetPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.write(head);
      target.pipe(client).pipe(target);
    });
    client.on('error', () => target.destroy());
    target.on('error', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://baton:hush@127.0.0.1:${port}`,
    asked,
    credentials,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
