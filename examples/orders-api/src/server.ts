import { createServer, type Server } from 'node:http';
import { answer } from './api.ts';
import { createOrderStore, type OrderStore } from './order-store.ts';

/** Largest request body that is read, in bytes. */
const BODY_LIMIT = 64 * 1024;

/** Puts the API on a socket. */
export function createApiServer(store: OrderStore): Server {
  return createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    for await (const chunk of incoming) {
      size += chunk.byteLength;
      if (size > BODY_LIMIT) {
        outgoing.writeHead(413, { connection: 'close' }).end();
        return;
      }
      chunks.push(chunk);
    }
    const method = incoming.method ?? 'GET';
    const body = method === 'GET' || method === 'HEAD' ? null : new Blob(chunks);
    const request = new Request(new URL(incoming.url ?? '/', 'http://localhost'), { method, body });
    const response = await answer(request, store);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
}

if (import.meta.main) {
  createApiServer(createOrderStore()).listen(3000, '127.0.0.1');
}
