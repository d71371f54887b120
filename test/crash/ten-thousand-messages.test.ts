import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../store/query.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const PROGRAM = join(import.meta.dirname, 'support/work-on-messages.ts');
const COUNT = 10_000;

let database: TestDatabase;
let directory: string;
beforeAll(async () => {
  database = await createTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'baton-messages-'));
  await writeFile(join(directory, 'acts'), '');
});
afterAll(async () => {
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

/** How much further a process may come than to its kill, which falls somewhere into its work. */
const FURTHER = 10;

interface Work {
  readonly args: readonly string[];
  /** The process is killed after each of these numbers of signs of work, and started again. */
  readonly killAfter: readonly number[];
}

/** Nobody is left alone before the last kill: who is quick would leave nothing to do for others. */
async function keepWorking(works: readonly Work[]): Promise<void> {
  await Promise.all(
    works.map(async ({ args, killAfter }) => {
      for (const signs of killAfter) {
        await killAmid(args, signs);
      }
    }),
  );
  await Promise.all(works.map(({ args }) => finish(args)));
}

async function killAmid(args: readonly string[], signs: number): Promise<void> {
  const child = start(args, signs + FURTHER);
  let seen = 0;
  child.stdout?.on('data', (data: Buffer) => {
    seen += data.length;
    if (seen >= signs) {
      child.kill('SIGKILL');
    }
  });
  await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
}

async function finish(args: readonly string[]): Promise<void> {
  const child = start(args, Number.POSITIVE_INFINITY);
  child.stdout?.resume();
  await once(child, 'exit');
  expect(child.exitCode).toBe(0);
}

function start([work = '', ...rest]: readonly string[], mostSigns: number): ChildProcess {
  return spawn(process.execPath, [PROGRAM, String(mostSigns), work, database.url, ...rest], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function readOrder(recipient: string): Promise<readonly (readonly [number, number])[]> {
  const lines = new Set((await readFile(join(directory, `${recipient}.order`), 'utf8')).trim().split('\n'));
  return [...lines].map((line) => {
    const [priority, id] = line.split(' ').map(Number);
    return [priority ?? 0, id ?? 0];
  });
}

describe('ten thousand messages, and processes that are killed in between', () => {
  it('loses none, handles none twice in effect, and keeps to the priorities', async () => {
    // Both send the middle: whoever is started again does not know how far it had come.
    await keepWorking([
      { args: ['send', '0', '6000'], killAfter: [7, 21, 40] },
      { args: ['send', '4000', '6000'], killAfter: [3, 30] },
    ]);
    const [sent] = await query(database.url, 'select count(*)::int as n from baton.messages');
    expect(sent).toEqual({ n: COUNT });

    await keepWorking([
      // One at a time, as a waking is, which keeps its name across crashes.
      { args: ['take', 'code-developer', 'waking', directory], killAfter: [5, 40, 1, 60] },
      // Two that compete.
      { args: ['take', 'project-manager', 'one', directory], killAfter: [10, 30] },
      { args: ['take', 'project-manager', 'other', directory], killAfter: [20, 20] },
    ]);

    const acts = (await readFile(join(directory, 'acts'), 'utf8')).trim().split('\n');
    expect(acts).toHaveLength(COUNT);
    expect(new Set(acts).size).toBe(COUNT);
    const statuses = await query(
      database.url,
      'select status, count(*)::int as n from baton.messages group by status',
    );
    expect(statuses).toEqual([{ status: 'completed', n: COUNT }]);

    const order = await readOrder('code-developer');
    expect(order).toHaveLength(COUNT / 2);
    expect(order).toEqual(order.toSorted(([p, a], [q, b]) => p - q || a - b));
    expect(await readOrder('project-manager')).toHaveLength(COUNT / 2);
  });
});
