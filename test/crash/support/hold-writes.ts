import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';

/** The way from Baton to GitHub. Writes pass it one at a time: the next when the one before is answered. */
export interface Gateway {
  readonly url: string;
  /** Cuts every connection. What waits to pass never does, nor does an answer, until it is opened again. */
  shut(): void;
  /** After the death of the process: what it may still have sent is gone. */
  open(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens a gateway to the simulator on a port of its own. */
export async function holdWrites(simulatorUrl: string): Promise<Gateway> {
  // A connection for each request: one that is kept may be closed by the other side just when it is used.
  const agent = new Agent();
  let isShut = false;
  let last: Promise<void> = Promise.resolve();
  const server = createServer((incoming, answer) => {
    if (incoming.method === 'GET') {
      void pass(incoming, answer);
    } else {
      last = last.then(() => pass(incoming, answer));
    }
  });
  server.on('connection', (socket) => {
    if (isShut) {
      socket.destroy();
    }
  });

  function pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    return forward(incoming, answer).catch(() => void incoming.socket.destroy());
  }

  async function forward(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    if (incoming.socket.destroyed) {
      return;
    }
    const { 'transfer-encoding': _, ...headers } = incoming.headers;
    const outgoing = request(new URL(incoming.url ?? '/', simulatorUrl), {
      agent,
      method: incoming.method ?? 'GET',
      headers: incoming.method === 'GET' ? headers : { ...headers, 'content-length': body.length },
    }).end(body);
    const [response]: IncomingMessage[] = await once(outgoing, 'response');
    if (response !== undefined) {
      const content = await buffer(response);
      const { 'transfer-encoding': _chunked, ...answered } = response.headers;
      answer.writeHead(response.statusCode ?? 502, answered).end(content);
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    shut() {
      isShut = true;
      server.closeAllConnections();
    },
    async open() {
      // Connections that the system has accepted for us come up within a turn of the event loop.
      await turn();
      await turn();
      isShut = false;
    },
    async stop() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
