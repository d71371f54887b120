/** Measures puts into the inbox and effects of the ledger: `node bench/store.ts [seconds]`, with DATABASE_URL or on an embedded server. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../src/engine/start-embedded-postgres.ts';
import type { Store } from '../src/store/create-store.ts';
import { createStore } from '../src/store/create-store.ts';

const seconds = Number(process.argv[2] ?? 5);
const CONCURRENCY = 20;
const payload = { action: 'labeled', issue: Object.fromEntries(Array.from({ length: 163 }, toField)) };

/** Different in each field, so that compression has real work. */
function toField(_: unknown, index: number): [string, string] {
  return [`field_${index}`, `https://api.github.com/${randomUUID()}`];
}

async function measure(name: string, work: () => Promise<unknown>): Promise<void> {
  const latencies: number[] = [];
  const end = performance.now() + seconds * 1000;
  async function loop(): Promise<void> {
    while (performance.now() < end) {
      const start = performance.now();
      await work();
      latencies.push(performance.now() - start);
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, loop));
  const sorted = latencies.toSorted((a, b) => a - b);
  const [p50, p99] = [0.5, 0.99].map((part) => sorted[Math.floor(sorted.length * part)]?.toFixed(1));
  console.log(`${name}: ${Math.round(sorted.length / seconds)} /s, p50 ${p50} ms, p99 ${p99} ms`);
}

async function run({ inbox, effects }: Store): Promise<void> {
  console.log(`${CONCURRENCY} at a time, payload ${JSON.stringify(payload).length} bytes`);
  await measure('put', async () => inbox.put({ guid: randomUUID(), event: 'issues', payload }));
  await measure('effect', async () =>
    effects.ensure({
      key: randomUUID(),
      kind: 'comment',
      runId: null,
      send: async () => Promise.resolve({ id: 1 }),
      lookUp: async () => Promise.resolve(null),
    }),
  );
}

const home = await mkdtemp(path.join(tmpdir(), 'baton-bench-'));
const given = process.env['DATABASE_URL'];
const server = given === undefined ? await startEmbeddedPostgres(home) : null;
const store = await createStore({
  databaseUrl: given ?? server?.url ?? '',
  lease: { assertHeld: async () => Promise.resolve() },
  log: { debug() {}, info() {}, warn: console.warn, error: console.error },
});
await run(store);
await store.close();
await server?.stop();
await rm(home, { recursive: true, force: true });
