import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmbeddedPostgres } from '../../../src/engine/start-embedded-postgres.ts';
import type { Messages } from '../../../src/ports/messages.ts';
import { createStore } from '../../../src/store/create-store.ts';
import { systemClock } from '../../../src/system/system-clock.ts';
import { printTable } from '../../report/print-table.ts';

const COUNT = 5000;
/** Senders that do not wait for one another, and messages that a waking takes at a time. */
const AT_ONCE = 50;
const TAKEN_AT_ONCE = 50;

/** Messages per second, sent and brought to an end, beside a plain queue in Python; both on disk when told so. */
export async function measureMessages(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'baton-messages-'));
  const server = await startEmbeddedPostgres(directory);
  const store = await createStore({
    databaseUrl: server.url,
    lease: { assertHeld: () => Promise.resolve() },
    log: { debug() {}, info() {}, warn: console.warn, error: console.error },
  });
  const messages = store.messages({ clock: systemClock, maxQueueSize: 10 * COUNT });
  const one = await measureOurs(messages, { sentAtOnce: 1, takenAtOnce: 1 });
  const many = await measureOurs(messages, { sentAtOnce: AT_ONCE, takenAtOnce: TAKEN_AT_ONCE });
  await store.close();
  await server.stop();
  const plain = await measurePlain(join(directory, 'plain.db'));
  await rm(directory, { recursive: true });
  const rows = [
    [`Baton, ${AT_ONCE} senders, ${TAKEN_AT_ONCE} taken at a time`, many],
    ['Baton, one after the other', one],
    ['SQLite, a connection per call, in Python', plain],
  ] as const;
  printTable(`(l) ${COUNT} messages between members, per second`, [
    ['', 'sent /s', 'ratio', 'taken and completed /s', 'ratio'],
    ...rows.map(([name, { sendS, takeS }]) => [
      name,
      COUNT / sendS,
      plain.sendS / sendS,
      COUNT / takeS,
      plain.takeS / takeS,
    ]),
  ]);
}

interface Measured {
  readonly sendS: number;
  readonly takeS: number;
}

let repositories = 0;

async function measureOurs(
  messages: Messages,
  { sentAtOnce, takenAtOnce }: { readonly sentAtOnce: number; readonly takenAtOnce: number },
): Promise<Measured> {
  repositories += 1;
  const repositoryId = repositories;
  const startedMs = performance.now();
  let next = 0;
  async function send(): Promise<void> {
    while (next < COUNT) {
      next += 1;
      const letter = { key: `issue ${next}`, repositoryId, content: { issue: next } };
      const people = { sender: 'architect', recipient: 'code-developer', type: 'spec_created' };
      await messages.send([{ ...letter, ...people, priority: 1 + (next % 10) }]);
    }
  }
  await Promise.all(Array.from({ length: sentAtOnce }, send));
  const sentMs = performance.now();
  const taking = { repositoryId, recipient: 'code-developer', taker: 'waking', limit: takenAtOnce };
  let taken = await messages.take(taking);
  while (taken.length > 0) {
    await messages.complete(
      taken.map(({ id }) => id),
      'waking',
    );
    taken = await messages.take(taking);
  }
  return { sendS: (sentMs - startedMs) / 1000, takeS: (performance.now() - sentMs) / 1000 };
}

async function measurePlain(file: string): Promise<Measured> {
  const script = join(import.meta.dirname, 'plain_queue.py');
  const { stdout } = await promisify(execFile)('python3', [script, file, String(COUNT)]);
  // Our own script prints it.
  return JSON.parse(stdout) as Measured;
}
