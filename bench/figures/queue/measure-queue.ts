import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../../src/engine/start-embedded-postgres.ts';
import { printTable } from '../../report/print-table.ts';
import { median } from '../../report/quantile.ts';
import { measureNestedQueues } from './measure-nested-queues.ts';
import { measureOurQueue } from './measure-our-queue.ts';
import { CALL_MS, LIMITS, type Measured, RUNS, rolesOf } from './workload.ts';

const ROUNDS = 3;

/** How soon the same calls are done under the same limits, with queues as they are here and with nested ones. */
export async function measureQueue(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'baton-queue-'));
  const server = await startEmbeddedPostgres(directory);
  let databases = 0;
  async function rounds(measure: (databaseUrl: string) => Promise<Measured>): Promise<Measured[]> {
    const measured: Measured[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      databases += 1;
      measured.push(await measure(toDatabase(server.url, `queue${databases}`)));
    }
    return measured;
  }
  const ours = await rounds(measureOurQueue);
  const polled = await rounds((url) => measureNestedQueues(url, 100));
  const hurried = await rounds((url) => measureNestedQueues(url, 10));
  await server.stop();
  await rm(directory, { recursive: true });
  print({
    'one queue, a partition per role': ours,
    'nested, polled each 100 ms': polled,
    'nested, each 10 ms': hurried,
  });
}

function print(kinds: Readonly<Record<string, readonly Measured[]>>): void {
  const calls = RUNS * rolesOf(0).length;
  const { calls: all, callsPerRole } = LIMITS;
  const ideal = Math.ceil(calls / all) * CALL_MS;
  printTable(
    `(f) ${calls} calls of ${CALL_MS} ms by ${RUNS} runs, ${all} at once, ${callsPerRole} of a role; at best ${ideal} ms; ${ROUNDS} rounds`,
    [
      ['', 'median ms', 'fastest', 'slowest', 'most at once', 'of a role', 'workflow rows'],
      ...Object.entries(kinds).map(([name, rounds]) => {
        const ms = rounds.map((round) => round.ms);
        return [
          name,
          median(ms),
          Math.min(...ms),
          Math.max(...ms),
          Math.max(...rounds.map(({ most }) => most.all)),
          Math.max(...rounds.map(({ most }) => most.role)),
          Math.max(...rounds.map(({ rows }) => rows)),
        ];
      }),
    ],
  );
}

function toDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
