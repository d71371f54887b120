import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { printTable } from '../report/print-table.ts';
import { median } from '../report/quantile.ts';
import { readCpuMs, readPostgresBytes, readPostgresCpuMs } from '../stage/process-usage.ts';
import { setPlace } from '../stage/set-stage.ts';

const COMPILED = join(import.meta.dirname, '../../node_modules/.cache/compiled');
const COLD = 3;
const WARM = 5;
const SETTLE_MS = 5000;
const IDLE_MS = 20_000;
const MEGABYTE = 2 ** 20;

/** From the start of the process to ready, and what it takes while it has nothing to do. */
export async function measureStart(): Promise<void> {
  const place = await setPlace();
  await rm(COMPILED, { recursive: true, force: true });
  const first = await place.open('first');
  await first.stop();
  const cold: number[] = [];
  for (let count = 0; count < COLD; count += 1) {
    const stage = await place.open(`cold-${count}`);
    cold.push(stage.readyMs);
    await stage.stop();
  }
  const warm: number[] = [];
  for (let count = 0; count < WARM; count += 1) {
    const stage = await place.open('first');
    warm.push(stage.readyMs);
    await stage.stop();
  }
  const { baton } = await place.open('first');
  await delay(SETTLE_MS);
  const memory = await baton.residentBytes();
  const home = join(place.directory, 'first');
  const postgres = readPostgresBytes(home);
  const before = [readCpuMs(baton.child.pid ?? 0), readPostgresCpuMs(home)] as const;
  await delay(IDLE_MS);
  const used = readCpuMs(baton.child.pid ?? 0) - before[0];
  const usedByPostgres = readPostgresCpuMs(home) - before[1];
  await baton.stop();
  await place.remove();
  printTable('(f) Start with embedded PostgreSQL, and idle', [
    ['', 'median', 'slowest'],
    ['first start ever, nothing compiled, ms', first.readyMs, first.readyMs],
    [`cold: a fresh home, ${COLD} times, ms`, median(cold), Math.max(...cold)],
    [`warm: after a clean stop, ${WARM} times, ms`, median(warm), Math.max(...warm)],
    ['memory of Baton after 5 s (VmRSS), MB', memory / MEGABYTE, ''],
    ['memory of PostgreSQL (PSS), MB', postgres / MEGABYTE, ''],
    ['processor of Baton, 20 s idle, %', (100 * used) / IDLE_MS, ''],
    ['processor of PostgreSQL, 20 s idle, %', (100 * usedByPostgres) / IDLE_MS, ''],
  ]);
}
