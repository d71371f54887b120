import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ModelRefusal } from '../../src/domain/model-refusal.ts';
import { NOTHING_USED } from '../../src/domain/usage.ts';
import type { ModelLine } from '../../src/ports/model-gateway.ts';

/** Lines that pass everything on to one server, with the provider's key in place of their own token. */
export interface TestLines {
  open(models: readonly string[]): Promise<ModelLine>;
  /** Sockets that are there now. */
  readonly sockets: ReadonlySet<string>;
  /** The models that were asked for when lines were opened. */
  readonly models: readonly string[];
  /** What is said when a line is asked why it refuses. */
  refusal: ModelRefusal | null;
  close(): Promise<void>;
}

const TOKEN = 'line-token-1';
const PROVIDER_KEY = 'provider-key-4711';

export async function createTestLines(serverUrl: string): Promise<TestLines> {
  const directory = await mkdtemp(join(tmpdir(), 'baton-lines-'));
  const sockets = new Set<string>();
  const models: string[] = [];
  const lines: TestLines = {
    sockets,
    models,
    refusal: null,
    async open(asked) {
      models.push(...asked);
      const socketPath = join(directory, `${models.length}.sock`);
      const server = createServer((incoming, outgoing) => void passOn(serverUrl, incoming, outgoing));
      server.listen(socketPath);
      await once(server, 'listening');
      sockets.add(socketPath);
      return {
        socketPath,
        token: TOKEN,
        usedBefore: NOTHING_USED,
        usage: () => ({ inputTokens: null, outputTokens: null, costUsd: null }),
        isAsked: () => false,
        answers: () => 0,
        lastError: () => null,
        nearlyUsedUp: () => [],
        refusal: () => lines.refusal,
        async close() {
          sockets.delete(socketPath);
          server.closeAllConnections();
          server.close();
        },
      };
    },
    close: () => rm(directory, { recursive: true, force: true }),
  };
  return lines;
}

async function passOn(serverUrl: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { authorization, 'x-api-key': key, host: _, ...headers } = incoming.headers;
  if (authorization !== `Bearer ${TOKEN}` && key !== TOKEN) {
    outgoing.writeHead(401).end();
    return;
  }
  const upstream = request(new URL(incoming.url ?? '/', serverUrl), {
    method: incoming.method,
    headers: {
      ...headers,
      ...(key === undefined ? { authorization: `Bearer ${PROVIDER_KEY}` } : { 'x-api-key': PROVIDER_KEY }),
    },
  });
  upstream.once('error', () => outgoing.destroy());
  upstream.once('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  await pipeline(incoming, upstream).catch(() => undefined);
}
