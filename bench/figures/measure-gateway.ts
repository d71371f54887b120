import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/engine/start-embedded-postgres.ts';
import { createGateway } from '../../src/gateway/create-gateway.ts';
import { createStore } from '../../src/store/create-store.ts';
import { printTable } from '../report/print-table.ts';
import { median, quantile } from '../report/quantile.ts';

const CALLS = 400;
const WARM_UP = 50;
/** The size of a conversation in the middle of its work. */
const BODY = JSON.stringify({
  model: 'model',
  messages: [{ role: 'user', content: 'a line of code that an agent looks at\n'.repeat(2500) }],
});
const ANSWER = JSON.stringify({
  choices: [{ message: { role: 'assistant', content: 'x'.repeat(4000) } }],
  usage: { prompt_tokens: 25_000, completion_tokens: 1000 },
});
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const LINE = { runId: 'run', repository: '1', subject: '1#1', step: 'step', attempt: 1, models: ['model'] };

/** A call to a model through the gateway, with and without budgets, beside the same call to the provider itself. */
export async function measureGateway(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  const postgres = await startEmbeddedPostgres(join(home, 'postgres'));
  const store = await createStore({
    databaseUrl: postgres.url,
    lease: { assertHeld: async () => undefined },
    log: SILENT,
  });
  const provider = await startProvider();
  const gateway = await createGateway({
    home,
    provider: { kind: 'openai', url: `http://127.0.0.1:${provider.port}/v1`, key: 'key' },
    prices: { model: { input: 3, output: 15 } },
    spending: store.modelSpending,
    log: SILENT,
  });
  const plain = await gateway.open(LINE);
  const limit = { unit: 'usd', value: 1_000_000 } as const;
  const budgets = (['run', 'subject', 'repository', 'day'] as const).map((scope) => ({ scope, limit }));
  const limited = await gateway.open({ ...LINE, budgets });
  const rows = [
    ['provider itself', await measure({ host: '127.0.0.1', port: provider.port }, 'key')],
    ['through a line', await measure({ socketPath: plain.socketPath }, plain.token)],
    ['with four budgets', await measure({ socketPath: limited.socketPath }, limited.token)],
  ] as const;
  const base = median(rows[0][1]);
  printTable(
    `A call to a model, ${Math.round(BODY.length / 1024)} KiB asked, milliseconds (${CALLS} calls)`,
    [
      ['', 'median', '99 %', 'more than without'],
      ...rows.map(([name, times]) => [name, median(times), quantile(times, 0.99), median(times) - base]),
    ],
  );
  await gateway.close();
  await provider.stop();
  await store.close();
  await postgres.stop();
  await rm(home, { recursive: true });
}

async function startProvider() {
  const server = createServer((asked, response) => {
    asked.resume();
    asked.once('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(ANSWER);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function measure(where: RequestOptions, token: string): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  for (let call = -WARM_UP; call < CALLS; call += 1) {
    const startedMs = performance.now();
    await post({ ...where, agent }, token);
    if (call >= 0) {
      times.push(performance.now() - startedMs);
    }
  }
  agent.destroy();
  return times;
}

function post(where: RequestOptions, token: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...where,
        path: '/v1/chat/completions',
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error('refused'))));
      },
    );
    asked.once('error', reject);
    asked.end(BODY);
  });
}
