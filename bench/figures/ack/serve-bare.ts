// The two servers that Baton's intake is compared with. Usage: node bench/ack/serve-bare.ts probot|verifier SECRET
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { pino } from 'pino';
import { createNodeMiddleware, Probot } from 'probot';
import { WEBHOOK_PATH } from './webhook-path.ts';

const [kind, secret = ''] = process.argv.slice(2);

/** Probot with a handler that does nothing, and no log. It keeps nothing. */
async function createProbotListener(): Promise<RequestListener> {
  const probot = new Probot({ appId: 1, privateKey: 'unused', secret, log: pino({ level: 'silent' }) });
  const middleware = await createNodeMiddleware((app) => app.on('issues.labeled', () => undefined), {
    probot,
    webhooksPath: WEBHOOK_PATH,
  });
  return (request, response) => void middleware(request, response);
}

/** The least that a webhook takes: HMAC and JSON. */
async function verify(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk));
  }
  const body = Buffer.concat(chunks);
  const mac = createHmac('sha256', secret).update(body).digest('hex');
  const given = Buffer.from(String(request.headers['x-hub-signature-256']));
  const wanted = Buffer.from(`sha256=${mac}`);
  const isSigned = given.length === wanted.length && timingSafeEqual(given, wanted);
  JSON.parse(body.toString());
  response.writeHead(isSigned ? 202 : 400).end('ok');
}

const listener: RequestListener =
  kind === 'probot' ? await createProbotListener() : (request, response) => void verify(request, response);
const server = createServer(listener).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
process.send?.(typeof address === 'object' ? address?.port : null);
