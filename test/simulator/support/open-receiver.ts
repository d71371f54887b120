import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';

export interface Received {
  readonly event: string;
  readonly guid: string;
  readonly action: string | undefined;
  readonly sender: string;
  readonly signed: boolean;
  // Payloads of all kinds come through here; each test looks at the fields of its own.
  readonly payload: Record<string, unknown> & { sender: { login: string; type: string } };
}

/** A webhook endpoint which remembers what it got. */
export async function openReceiver(secret: string) {
  const received: Received[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      const payload = JSON.parse(body);
      received.push({
        event: String(request.headers['x-github-event']),
        guid: String(request.headers['x-github-delivery']),
        action: payload.action,
        sender: payload.sender.login,
        signed:
          request.headers['x-hub-signature-256'] ===
          `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
        payload,
      });
      response.writeHead(status).end('heard');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`,
    received,
    names: () => received.map(({ event, action }) => (action === undefined ? event : `${event}.${action}`)),
    answerWith(next: number) {
      status = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
