import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type RunningEngine } from '../../src/engine/create-engine.ts';
import { LOCK_KEY, RETURN_MS } from '../../src/engine/replica/lease-terms.ts';
import { SILENT } from '../store/held-and-silent.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('src/engine/replica/executor-lease', () => {
  let database: TestDatabase;
  let client: Client;
  let running: RunningEngine;
  let lost: boolean;

  beforeEach(async () => {
    database = await createTestDatabase();
    lost = false;
    running = await createEngine({
      databaseUrl: database.url,
      log: SILENT,
      workflows: {},
      procedure: async () => Promise.resolve(null),
      limits: { calls: 1, callsPerRole: 1 },
      onLeaseLost: () => {
        lost = true;
      },
    });
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await running.stop();
    await database.drop();
  });

  async function enter(id: string, renewed: string): Promise<void> {
    await client.query(
      'insert into baton_engine.executors (id, renewed_at) values ($1, clock_timestamp() + $2::interval)',
      [id, renewed],
    );
  }

  /** As after a rest of so long, of the executor or of the whole machine. */
  async function rest(id: string, duration: string): Promise<void> {
    await client.query(
      'update baton_engine.executors set renewed_at = clock_timestamp() - $2::interval where id = $1',
      [id, duration],
    );
  }

  /** The time of the database, and that from which on the engine's lease is steady. */
  async function readTimes(): Promise<{ readonly now: Date; readonly steadyFrom: Date }> {
    const { rows } = await client.query<{ now: Date; steadyFrom: Date }>(
      'select clock_timestamp() as now, steady_from as "steadyFrom" from baton_engine.executors where id = $1',
      [running.self],
    );
    return rows[0] ?? Promise.reject(new Error('It has no lease.'));
  }

  async function isSteady(): Promise<boolean> {
    const { now, steadyFrom } = await readTimes();
    return steadyFrom <= now;
  }

  async function isFenced(id: string): Promise<unknown> {
    const { rows } = await client.query(
      'select fenced_at is not null as fenced from baton_engine.executors where id = $1',
      [id],
    );
    return rows[0]?.fenced;
  }

  it('knows who has lost the lease: whoever is unknown, was fenced, or is silent', async () => {
    const { holders } = running.lease;
    await enter('frozen', '-1 hour');
    await enter('alive', '1 hour');
    await client.query(`select pg_advisory_lock(${LOCK_KEY})`, ['frozen']);
    expect(await holders?.hasLost(holders.self)).toBe(false);
    expect(await holders?.hasLost('of last week')).toBe(true);
    // Not before this process has been steady for as long as a lease lasts.
    await expect.poll(() => holders?.hasLost('frozen')).toBe(true);
    expect(await holders?.hasLost('alive')).toBe(false);
    // Whoever counts as gone must not come back.
    expect(await isFenced('frozen')).toBe(true);
    expect(await isFenced('alive')).toBe(false);
  });

  it.each([
    ['a rest', () => rest(running.self, '3 seconds')],
    ['a clock that was set back', () => rest(running.self, '-1 hour')],
    ['a broken session', breakSession],
  ])('is not steady after %s before others had the time to return', async (_, interrupt) => {
    await expect.poll(isSteady).toBe(true);
    const { now } = await readTimes();
    await interrupt();
    await expect
      .poll(async () => (await readTimes()).steadyFrom.getTime())
      .toBeGreaterThanOrEqual(now.getTime() + RETURN_MS);
  });

  it('becomes steady although each renewal takes longer than the time between two', async () => {
    await client.query(
      `create function pg_temp.take_long() returns trigger language plpgsql as
       $$ begin perform pg_sleep(1.2); return new; end $$;
       create trigger take_long before update on baton_engine.executors
       for each row when (old.fenced_at is null) execute function pg_temp.take_long()`,
    );
    await rest(running.self, '3 seconds');
    await expect.poll(isSteady).toBe(false);
    await expect.poll(isSteady).toBe(true);
    await client.query('drop trigger take_long on baton_engine.executors');
  });

  it('does not come back when its row has been removed as that of one long gone', async () => {
    await client.query('begin');
    await client.query('delete from baton_engine.executors where id = $1', [running.self]);
    await breakSession();
    await client.query('commit');
    await expect.poll(() => lost).toBe(true);
    await expect(readTimes()).rejects.toThrow('It has no lease.');
  });

  async function breakSession(): Promise<void> {
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'baton executor' and datname = current_database()`,
    );
  }
});
