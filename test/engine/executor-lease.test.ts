import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEngine, type RunningEngine } from '../../src/engine/create-engine.ts';
import { LEASE_MS } from '../../src/engine/replica/executor-lease.ts';
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
    vi.useRealTimers();
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

  /** Asked again when the lease ran out meanwhile, on a machine that stood still. */
  async function hasLostEarly(id: string): Promise<unknown> {
    for (;;) {
      await client.query('delete from baton_engine.executors where id = $1', [id]);
      await enter(id, 2);
      const lost = await running.lease.holders?.hasLost(id);
      const { rows } = await client.query(
        `select renewed_at > clock_timestamp() - $2 * interval '1 ms' as early from baton_engine.executors where id = $1`,
        [id, LEASE_MS],
      );
      if (rows[0]?.early === true) {
        return lost;
      }
    }
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
    await enter('frozen', 5);
    expect(await holders?.hasLost(holders.self)).toBe(false);
    expect(await holders?.hasLost('of last week')).toBe(true);
    // Not at once when this process stood still itself a moment ago.
    await expect.poll(() => holders?.hasLost('frozen')).toBe(true);
    expect(await hasLostEarly('silent')).toBe(false);
    // Whoever counts as gone must not come back.
    expect(await isFenced('frozen')).toBe(true);
    expect(await isFenced('silent')).toBe(false);
  });

  it('fences nobody when all stood still, but whoever stays silent afterwards', async () => {
    await running.lease.assertHeld();
    await enter('as long as this one', 60);
    // As by a machine that was suspended, and the database with it.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    expect(await running.lease.holders?.hasLost('as long as this one')).toBe(false);
    expect(await isFenced('as long as this one')).toBe(false);
    await expect.poll(() => running.lease.holders?.hasLost('as long as this one')).toBe(true);
  });
});
