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

/** Starts the process again and again; it is killed after each of these numbers of signs of work, and then left alone. */
async function keepWorking(args: readonly string[], killAfter: readonly number[]): Promise<void> {
  for (const signs of killAfter) {
    const child = start(args);
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
  const last = start(args);
  last.stdout?.resume();
  await once(last, 'exit');
  expect(last.exitCode).toBe(0);
}

function start([work = '', ...rest]: readonly string[]): ChildProcess {
  return spawn(process.execPath, [PROGRAM, work, database.url, ...rest], {
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
    await Promise.all([
      keepWorking(['send', '0', '6000'], [7, 21, 40]),
      keepWorking(['send', '4000', '6000'], [3, 30]),
    ]);
    const [sent] = await query(database.url, 'select count(*)::int as n from baton.messages');
    expect(sent).toEqual({ n: COUNT });

    await Promise.all([
      // One at a time, as a waking is, which keeps its name across crashes.
      keepWorking(['take', 'code-developer', 'waking', directory], [5, 40, 1, 60]),
      // Two that compete.
      keepWorking(['take', 'project-manager', 'one', directory], [10, 30]),
      keepWorking(['take', 'project-manager', 'other', directory], [20, 20]),
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
