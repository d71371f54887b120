import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type RunningEngine } from '../../src/engine/create-engine.ts';
import { SILENT } from '../store/held-and-silent.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('src/engine/replica/executor-lease', () => {
  let database: TestDatabase;
  let client: Client;
  let running: RunningEngine;

  beforeEach(async () => {
    database = await createTestDatabase();
    running = await createEngine({
      databaseUrl: database.url,
      log: SILENT,
      workflows: {},
      procedure: async () => Promise.resolve(null),
      limits: { calls: 1, callsPerRole: 1 },
      onLeaseLost: () => undefined,
    });
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await running.stop();
    await database.drop();
  });

  async function enter(id: string, secondsAgo: number): Promise<void> {
    await client.query(
      `insert into baton_engine.executors (id, renewed_at) values ($1, clock_timestamp() - make_interval(secs => $2))`,
      [id, secondsAgo],
    );
  }

  async function isFenced(id: string): Promise<unknown> {
    const { rows } = await client.query(
      'select fenced_at is not null as fenced from baton_engine.executors where id = $1',
      [id],
    );
    return rows[0]?.fenced;
  }

  it('knows who has lost the lease: whoever is unknown, was fenced, or let it run out', async () => {
    const { holders } = running.lease;
    await enter('alive', 0);
    await enter('silent', 3);
    await enter('frozen', 5);
    const lost = await Promise.all(
      [holders?.self ?? '', 'alive', 'silent', 'frozen', 'of last week'].map(async (id) =>
        holders?.hasLost(id),
      ),
    );
    expect(lost).toEqual([false, false, false, true, true]);
    // Whoever counts as gone must not come back.
    expect(await isFenced('frozen')).toBe(true);
    expect(await isFenced('silent')).toBe(false);
  });
});
