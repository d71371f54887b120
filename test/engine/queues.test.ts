import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEngine, type RunningEngine } from '../../src/engine/create-engine.ts';
import { SILENT } from '../support/examples.ts';
import { PATIENCE } from '../support/patience.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

/** So long that, at one look in 10 ms, many would stand in a queue behind one that is not answered. */
const HELD_UP_MS = 300;

describe('src/engine/workflows/queues', () => {
  let database: TestDatabase;
  let running: RunningEngine;
  let client: Client;
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
    client = new Client({ connectionString: database.url, application_name: 'a blocker' });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await running.stop();
    await database.drop();
  });

  it('are looked into once at a time, and never in the session of the lease', async () => {
    await client.query('begin; lock table dbos.workflow_status in access exclusive mode');
    const looks = await vi.waitFor(async () => {
      const { rows } = await client.query<{ session: string; old: boolean }>(
        `select application_name as session, query_start < clock_timestamp() - $1 * interval '1 ms' as old
         from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
           and query like 'select name from unnest(%'`,
        [HELD_UP_MS],
      );
      expect(rows.some(({ old }) => old)).toBe(true);
      return rows.map(({ session }) => session);
    }, PATIENCE);
    await client.query('rollback');
    // One that is given up may still wait in the server beside the next.
    expect(looks.length).toBeLessThan(5);
    expect(new Set(looks)).toEqual(new Set(['baton engine']));
  });
});
