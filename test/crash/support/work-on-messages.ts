import { appendFileSync, readFileSync } from 'node:fs';
import { createStore } from '../../../src/store/create-store.ts';
import { systemClock } from '../../../src/system/system-clock.ts';
import { HELD, SILENT } from '../../store/held-and-silent.ts';

/**
 * A process that sends letters or takes messages until there are no more. Killed and started again by the test.
 * Usage: send <url> <from> <count> | take <url> <recipient> <taker> <directory>
 */
const [work, databaseUrl = '', ...rest] = process.argv.slice(2);
const store = await createStore({ databaseUrl, lease: HELD, log: SILENT });
// Whoever is started again takes first what it had left behind: nobody has to take it from somebody who is only slow.
const messages = store.messages({ clock: systemClock, maxQueueSize: 20_000 });

async function send(from: number, count: number): Promise<void> {
  for (let index = from; index < from + count; index += 100) {
    await messages.send(
      Array.from({ length: 100 }, (_, place) => ({
        key: `letter ${index + place}`,
        repositoryId: 1,
        sender: 'architect',
        recipient: (index + place) % 2 === 0 ? 'code-developer' : 'project-manager',
        type: 'spec_created',
        content: { number: index + place },
        priority: 1 + (((index + place) * 7) % 10),
      })),
    );
    process.stdout.write('s');
  }
}

async function take(recipient: string, taker: string, directory: string): Promise<void> {
  for (;;) {
    const taken = await messages.take({ repositoryId: 1, recipient, taker, limit: 25 });
    appendFileSync(
      `${directory}/${recipient}.order`,
      taken.map(({ priority, id }) => `${priority} ${id}\n`).join(''),
    );
    const { pending, inProgress } = await messages.counts();
    if (taken.length === 0 && pending + inProgress === 0) {
      return;
    }
    await Promise.all(taken.map(({ key }) => act(key, `${directory}/acts`)));
    await messages.complete(
      taken.map(({ id }) => id),
      taker,
    );
    process.stdout.write('t');
  }
}

/** What the message causes outside: at most once, by the ledger. */
async function act(key: string, file: string): Promise<void> {
  await store.effects.ensure({
    key,
    kind: 'comment',
    runId: null,
    lookUp: () => Promise.resolve(readFileSync(file, 'utf8').includes(`${key}\n`) ? 'done' : null),
    send() {
      appendFileSync(file, `${key}\n`);
      return Promise.resolve('done');
    },
  });
}

if (work === 'send') {
  await send(Number(rest[0]), Number(rest[1]));
} else {
  const [recipient = '', taker = '', directory = ''] = rest;
  await take(recipient, taker, directory);
}
await store.close();
