import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEngine, type RunningEngine } from '../../src/engine/create-engine.ts';
import { SILENT } from '../support/examples.ts';
import { PATIENCE } from '../support/patience.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('src/engine/workflows/queues', () => {
  let database: TestDatabase;
  let running: RunningEngine;
  let blocker: Client;
  /** Apart: within a transaction the sessions are shown as they were at its first look. */
  let observer: Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    running = await createEngine({
      databaseUrl: database.url,
      log: SILENT,
      workflows: {},
      procedure: async () => Promise.resolve(null),
      limits: { calls: 1, callsPerRole: 1 },
      onLeaseLost: () => undefined,
      pollMs: 10,
    });
    blocker = new Client({ connectionString: database.url, application_name: 'a blocker' });
    observer = new Client({ connectionString: database.url, application_name: 'an observer' });
    await Promise.all([blocker.connect(), observer.connect()]);
  });
  afterAll(async () => {
    await Promise.all([blocker.end(), observer.end()]);
    await running.stop();
    await database.drop();
  });

  /** The looks that wait for the blocker, in sessions of these names. */
  async function findLooks(): Promise<readonly { readonly session: string; readonly since: string }[]> {
    const { rows } = await observer.query<{ session: string; since: string }>(
      `select application_name as session, query_start::text as since from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like '%select name from unnest(%'`,
    );
    return rows;
  }

  it('are looked into once at a time, never in the session of the lease, and a look that lasts is ended', async () => {
    await blocker.query('begin; lock table dbos.workflow_status in access exclusive mode');
    const looks = await vi.waitFor(async () => {
      const found = await findLooks();
      expect(found).not.toEqual([]);
      return found;
    }, PATIENCE);
    expect(looks.map(({ session }) => session)).toEqual(['baton engine']);
    const [first] = looks;
    // At one look in 10 ms, many would stand behind the first by then.
    await vi.waitFor(async () => {
      const later = await findLooks();
      expect(later.map(({ session }) => session)).toEqual(['baton engine']);
      expect(later[0]?.since).not.toBe(first?.since);
    }, PATIENCE);
    await blocker.query('rollback');
  });
});
