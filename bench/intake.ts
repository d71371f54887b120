// How many webhooks per second the intake takes, with PostgreSQL under it, beside a bare Probot that keeps nothing.
// Usage: node bench/intake.ts [seconds]
import { fork } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { pino } from 'pino';
import { createNodeMiddleware, Probot } from 'probot';
import { startEmbeddedPostgres } from '../src/engine/start-embedded-postgres.ts';
import { createIntake } from '../src/github/intake/create-intake.ts';
import { webhooks } from '../src/github/webhooks/registry.gen.ts';
import { createStore } from '../src/store/create-store.ts';

const PATH = '/api/github/webhooks';
const SECRET = 'bench';
const CONNECTIONS = 20;

const log = pino({ level: 'silent' });

function listen(app: Probot): void {
  app.on('issues.labeled', () => {});
}

async function serveProbot(): Promise<number> {
  const probot = new Probot({ appId: 1, privateKey: 'unused', secret: SECRET, log });
  const middleware = await createNodeMiddleware(listen, { probot });
  const server = createServer((request, response) => void middleware(request, response)).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function serveIntake(databaseUrl: string): Promise<number> {
  const lease = { assertHeld: () => Promise.resolve() };
  const { inbox } = await createStore({ databaseUrl, lease, log });
  const intake = createIntake({
    path: PATH,
    secret: SECRET,
    appId: 1,
    webhooks,
    inbox,
    log,
    ready: () => Promise.resolve(),
  });
  return intake.listen('127.0.0.1', 0);
}

/** A server in a process of its own, so that only it is measured. */
async function start(kind: string, databaseUrl: string) {
  const child = fork(import.meta.filename, [kind, databaseUrl]);
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`The ${kind} server ended with ${code} before it listened.`);
  });
  const [port] = await Promise.race([once(child, 'message'), exited]);
  return { port: Number(port), stop: () => child.kill() };
}

function readPayload(): string {
  const index = createRequire(import.meta.url).resolve('@octokit/webhooks-examples');
  const events: { name: string; examples: { action?: string }[] }[] = JSON.parse(readFileSync(index, 'utf8'));
  const issues = events.find(({ name }) => name === 'issues')?.examples ?? [];
  const labeled = issues.find(({ action }) => action === 'labeled');
  return JSON.stringify({ ...labeled, installation: { id: 1 } });
}

async function measure(port: number, seconds: number) {
  const body = readPayload();
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'issues',
    'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
  };
  const result = await autocannon({
    url: `http://127.0.0.1:${port}${PATH}`,
    connections: CONNECTIONS,
    duration: seconds,
    method: 'POST',
    requests: [
      {
        body,
        setupRequest: (request) => ({
          ...request,
          headers: { ...headers, 'x-github-delivery': randomUUID() },
        }),
      },
    ],
  });
  return { perSecond: result.requests.average, p99: result.latency.p99, bad: result.non2xx + result.errors };
}

async function main(seconds: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  const postgres = await startEmbeddedPostgres(directory);
  try {
    for (const kind of ['probot', 'intake', 'probot', 'intake']) {
      const server = await start(kind, postgres.url);
      console.log(kind, await measure(server.port, seconds));
      server.stop();
    }
  } finally {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

const [first = '5', databaseUrl = ''] = process.argv.slice(2);
if (process.send === undefined) {
  await main(Number(first));
} else {
  process.send(first === 'probot' ? await serveProbot() : await serveIntake(databaseUrl));
}
