import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createEngine } from '../src/engine/create-engine.ts';
import { startEmbeddedPostgres } from '../src/engine/start-embedded-postgres.ts';
import type { Durable } from '../src/ports/durable.ts';

/** Measures the engine on an embedded PostgreSQL: `node bench/engine.ts`. Prints milliseconds as p50 / p95. */

const home = await mkdtemp(path.join(tmpdir(), 'baton-bench-'));
const limits = { role: 'coder', repository: '1' };
const figures = new Map<string, number[]>();
const ended = new Map<string, () => void>();
const begun = new Map<string, number>();
let slowBegan = Promise.withResolvers<void>();
let abortedAt = 0;

async function measure<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  const result = await work();
  note(name, performance.now() - startedAt);
  return result;
}

async function perform(input: unknown, durable: Durable): Promise<void> {
  const { id, kind } = input as { id: string; kind: string };
  begun.set(id, performance.now());
  if (kind === 'busy') {
    for (let count = 0; count < 50; count += 1) {
      await measure('step', () => durable.step('s', async () => count));
      await measure('receive(0), nothing there', () => durable.receive(0));
      await measure('call', () => durable.callAll([{ name: 'c', input: {}, limits }]));
    }
  }
  if (kind === 'slow') {
    await durable.callAll([{ name: 'slow', input: { slow: true }, limits }]);
  }
  if (kind === 'wait') {
    await durable.receive(null);
  }
  ended.get(id)?.();
}

async function procedure(input: unknown, signal: AbortSignal): Promise<unknown> {
  if ('slow' in (input as object)) {
    slowBegan.resolve();
    await delay(60_000, undefined, { signal }).catch((error: Error) => {
      abortedAt = performance.now();
      throw error;
    });
  }
  return null;
}

async function timed(name: string): Promise<Awaited<ReturnType<typeof startEmbeddedPostgres>>> {
  return measure(name, () => startEmbeddedPostgres(home));
}

const cold = await timed('PostgreSQL cold');
await cold.stop();
for (let count = 0; count < 5; count += 1) {
  const warm = await timed('PostgreSQL warm');
  const adopted = await timed('PostgreSQL adopted');
  await adopted.stop();
  await warm.stop();
}
const server = await startEmbeddedPostgres(home);
const url = new URL(server.url);
url.pathname = '/baton';

function silent(): void {}
const options = {
  databaseUrl: url.href,
  log: { debug: silent, info: silent, warn: console.warn, error: console.error },
  workflows: { run: { perform, partitioned: true }, delivery: { perform } },
  procedure,
  limits: { calls: 8, callsPerRole: 8 },
  onLeaseLost: () => console.error('The lease was lost.'),
};
const first = await measure('engine, empty database', () => createEngine(options));
await first.stop();
const { engine, ...running } = await measure('engine, warm', () => createEngine(options));

/** Starts a workflow; the promise in the answer is that of its end. */
async function start(
  id: string,
  workflow: 'run' | 'delivery',
  kind: string,
): Promise<{ end: Promise<void> }> {
  const end = Promise.withResolvers<void>();
  ended.set(id, end.resolve);
  const partition = workflow === 'run' ? { partition: id } : {};
  await engine.start({ workflow, id, input: { id, kind }, ...partition });
  return { end: end.promise };
}

function note(name: string, ms: number): void {
  figures.set(name, [...(figures.get(name) ?? []), ms]);
}

for (const workflow of ['delivery', 'run'] as const) {
  for (let count = 0; count < 30; count += 1) {
    const id = `${workflow}-${count}`;
    const startedAt = performance.now();
    const { end } = await start(id, workflow, 'nothing');
    await end;
    note(`${workflow}: start to begin`, (begun.get(id) ?? Number.NaN) - startedAt);
  }
}
const busy = await start('busy', 'run', 'busy');
await busy.end;
for (let count = 0; count < 10; count += 1) {
  const id = `slow-${count}`;
  slowBegan = Promise.withResolvers<void>();
  const { end } = await start(id, 'run', 'slow');
  await slowBegan.promise;
  const askedAt = performance.now();
  await engine.send(id, 'stop', 'k');
  await engine.abort(id);
  await end;
  note('send and abort to signal', abortedAt - askedAt);
}
for (let count = 0; count < 20; count += 1) {
  await start(`wait-${count}`, 'run', 'wait');
}
await delay(1_000);
const before = process.cpuUsage();
await delay(15_000);
const used = process.cpuUsage(before);
await measure('stop', running.stop);
await server.stop();
await rm(home, { recursive: true });

function at(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1);
}
for (const [name, values] of figures) {
  console.log(`${name.padEnd(28)} ${at(values, 0.5)} / ${at(values, 0.95)}  (${values.length})`);
}
const idle = ((used.user + used.system) / 150_000).toFixed(1);
console.log(`idle with 20 waiting runs: ${idle} % CPU, ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
