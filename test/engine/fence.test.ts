import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fence } from '../../src/engine/replica/fence.ts';
import { KeptConnection } from '../../src/engine/replica/kept-connection.ts';
import { LOCK_KEY } from '../../src/engine/replica/lease-terms.ts';
import { SILENT } from '../store/held-and-silent.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { prepareTables } from './prepare-tables.ts';

/** Of one executor, in seconds before the judgement; a session that has ended has left its lock free. */
interface Standing {
  readonly renewed: number;
  readonly steady?: number;
  readonly fenced?: boolean;
  readonly session?: 'open' | 'ended';
}

const STEADY = { renewed: -60, steady: 60 };
const EXPIRED = { renewed: 30 };
const DEAD = { renewed: 3, session: 'ended' } as const;

/** Who judges, who is judged, and whether that one is fenced. All are far from the limits, for a slow machine. */
const TABLE: readonly [situation: string, judge: Standing, judged: Standing, isFenced: boolean][] = [
  ['it let its lease run out', STEADY, EXPIRED, true],
  ['its session has ended, and nothing was heard since', STEADY, DEAD, true],
  ['its session has ended, and it may be made again', STEADY, { ...DEAD, renewed: -60 }, false],
  ['its session is open, and its lease lasts', STEADY, { renewed: 0 }, false],
  ['it was fenced before', STEADY, { ...EXPIRED, fenced: true }, false],
  ['the judge let its own lease run out', { renewed: 30, steady: 60 }, EXPIRED, false],
  ['the judge may just have stood still', { renewed: 3, steady: 60 }, EXPIRED, false],
  ['the judge may just have stood still, and the session has ended', { renewed: 3, steady: 60 }, DEAD, false],
  ['the judge was fenced', { ...STEADY, fenced: true }, EXPIRED, false],
  ['the judge is about to be steady', { renewed: -60, steady: -60 }, { renewed: 3600 }, false],
  ['the same, and the session has ended', { renewed: -60, steady: -60 }, { ...DEAD, renewed: 3600 }, false],
  ['the judge was steady for less than a lease', { renewed: -60, steady: 0 }, { renewed: 3600 }, false],
  ['the same, and the session has ended', { renewed: -60, steady: 2 }, { ...DEAD, renewed: 3600 }, true],
];

describe('src/engine/replica/fence', () => {
  let database: TestDatabase;
  let connection: KeptConnection;
  let others: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    others = new Client({ connectionString: database.url });
    await others.connect();
    connection = new KeptConnection(database.url, SILENT);
    await connection.open({
      prepare: () => Promise.resolve(),
      onLost: ignore,
      onRestored: ignore,
      onNotification: ignore,
    });
  });
  afterAll(async () => {
    await connection.close();
    await others.end();
    await database.drop();
  });
  beforeEach(async () => {
    await others.query('drop schema if exists baton_engine, dbos cascade');
    await prepareTables(database.url, others);
    await others.query('select pg_advisory_unlock_all()');
  });

  async function isFenced(id: string): Promise<unknown> {
    const { rows } = await others.query(
      'select fenced_at is not null as fenced from baton_engine.executors where id = $1',
      [id],
    );
    return rows[0]?.fenced;
  }

  it.each(TABLE)('%s', async (_, judge, judged, expected) => {
    for (const [id, { renewed, steady = 3600, fenced = false }] of Object.entries({ judge, judged })) {
      await others.query(
        `insert into baton_engine.executors (id, renewed_at, steady_from, fenced_at)
         values ($1, now() - make_interval(secs => $2), now() - make_interval(secs => $3), case when $4 then now() end)`,
        [id, renewed, steady, fenced],
      );
    }
    if (judged.session !== 'ended') {
      await others.query(`select pg_advisory_lock(${LOCK_KEY})`, ['judged']);
    }
    expect(await fence(connection, { judge: 'judge', judged: 'judged' })).toBe(expected);
    expect(await isFenced('judged')).toBe(expected || judged.fenced === true);
    expect(await isFenced('judge')).toBe(judge.fenced === true);
  });

  it('nobody judges itself, and nobody without a row judges', async () => {
    await others.query(
      `insert into baton_engine.executors (id, renewed_at, steady_from) values ('judged', now(), now() - interval '1 hour')`,
    );
    expect(await fence(connection, { judge: 'judged', judged: 'judged' })).toBe(false);
    expect(await fence(connection, { judge: 'nobody', judged: 'judged' })).toBe(false);
  });

  it('a database of the version before is brought up to date, and its executors judge nobody by it', async () => {
    await others.query('alter table baton_engine.executors drop column steady_from');
    await others.query(
      `insert into baton_engine.executors values ('older', now(), null), ('judged', now() - interval '1 hour', null)`,
    );
    await prepareTables(database.url, others);
    expect(await fence(connection, { judge: 'older', judged: 'judged' })).toBe(false);
    await others.query(
      `insert into baton_engine.executors (id, renewed_at, steady_from) values ('newer', now(), now() - interval '1 hour')`,
    );
    expect(await fence(connection, { judge: 'newer', judged: 'judged' })).toBe(true);
  });
});

function ignore(): void {}
