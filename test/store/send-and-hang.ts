import { appendFileSync } from 'node:fs';
import { createStore } from '../../src/store/create-store.ts';
import { HELD, SILENT } from './held-and-silent.ts';

/** Sends an effect that reaches the outside (a file) and never gets its answer. Killed by the test. */
const [databaseUrl = '', file = ''] = process.argv.slice(2);
const { effects } = await createStore({ databaseUrl, lease: HELD, log: SILENT });
await effects.ensure({
  key: 'killed',
  kind: 'comment',
  runId: null,
  lookUp: async () => Promise.resolve(null),
  async send() {
    appendFileSync(file, 'written\n');
    process.stdout.write('sent\n');
    return new Promise<never>(() => setInterval(() => {}, 1000));
  },
});
