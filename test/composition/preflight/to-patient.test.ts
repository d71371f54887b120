import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Check } from '../../../src/composition/preflight/check.ts';
import { runChecks } from '../../../src/composition/preflight/run-checks.ts';
import { toPatient } from '../../../src/composition/preflight/to-patient.ts';
import { readSettings } from '../../../src/config/read-settings.ts';
import { startEmbeddedPostgres } from '../../../src/engine/start-embedded-postgres.ts';
import { PEM } from '../../config/environment.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'baton-patient-'));
});
afterEach(async () => {
  await (await startEmbeddedPostgres(join(home, 'postgres'))).stop();
  await rm(home, { recursive: true });
});

/** Whether a server has the cluster open. */
async function isRunning(): Promise<boolean> {
  return access(join(home, 'postgres', 'cluster', 'postmaster.pid')).then(
    () => true,
    () => false,
  );
}

describe('src/composition/preflight/to-patient', () => {
  it('leaves no database running that it has started, also when a check still asks it something', async () => {
    await (await startEmbeddedPostgres(join(home, 'postgres'))).stop();
    const settings = readSettings({
      APP_ID: '1',
      PRIVATE_KEY: PEM,
      WEBHOOK_SECRET: '0123456789abcdef01234567',
      BATON_HOME: home,
      BATON_RUNTIME: 'replay',
      BATON_REPLAY_DIR: home,
    });
    const opened = toPatient(settings, null);
    const asked = Promise.withResolvers<void>();
    const slow: Check = {
      name: 'slow',
      of: 'settings',
      async run({ database }) {
        const client = new Client({
          connectionString: (await database()) ?? '',
          application_name: 'baton look',
        });
        client.on('error', () => undefined);
        await client.connect();
        const answer = client.query('select pg_sleep(600)');
        asked.resolve();
        await answer;
        return [];
      },
    };
    const late = runChecks([slow], opened.patient, 1);
    expect(await late).toMatchObject([{ check: 'slow', level: 'fail' }]);
    await asked.promise;
    expect(await isRunning()).toBe(true);
    await opened.close();
    expect(await isRunning()).toBe(false);
  });
});
