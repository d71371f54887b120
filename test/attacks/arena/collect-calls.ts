import { once } from 'node:events';
import { createServer } from 'node:http';

/** A port on loopback that keeps what it is sent. */
export interface Calls {
  readonly port: number;
  readonly url: string;
  /** Every call with what it brought along. */
  readonly all: readonly string[];
  stop(): Promise<void>;
}

/** Answers each call with this status. */
export async function collectCalls(status: number): Promise<Calls> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => void parts.push(part));
    request.on('end', () => {
      const head = `${request.method} ${request.url} ${JSON.stringify(request.headers)}`;
      calls.push(`${head} ${Buffer.concat(parts).toString('latin1')}`);
      response.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    all: calls,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close').catch(() => undefined);
    },
  };
}
