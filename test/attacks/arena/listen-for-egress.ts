import { once } from 'node:events';
import { createServer } from 'node:http';

/** Whoever calls it got out. */
export interface Egress {
  readonly port: number;
  readonly url: string;
  /** Calls whose address contains a word, with what they brought along. */
  callsOf(word: string): readonly string[];
  stop(): Promise<void>;
}

export async function listenForEgress(): Promise<Egress> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => void parts.push(part));
    request.on('end', () => {
      const head = `${request.method} ${request.url} ${JSON.stringify(request.headers)}`;
      calls.push(`${head} ${Buffer.concat(parts).toString('latin1')}`);
      response.writeHead(404).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    callsOf: (word) => calls.filter((call) => call.includes(word)),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close').catch(() => undefined);
    },
  };
}
