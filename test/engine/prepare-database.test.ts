import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { find } from './journal.ts';
import { prepareTables } from './prepare-tables.ts';
import { LEASES, setStage } from './stage.ts';

/** As a backup does with every table that it reads. */
const READ_ALL = `
  do $$ declare found regclass; begin
    for found in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('baton_engine', 'dbos') and c.relkind = 'r'
    loop execute format('lock table %s in access share mode', found); end loop;
  end $$`;

describe('src/engine/replica/prepare-database', () => {
  const stage = setStage();
  let reader: Client;

  beforeEach(async () => {
    reader = new Client({ connectionString: stage.databaseUrl });
    await reader.connect();
  });
  afterEach(() => reader.end());

  async function isAlterWaiting(): Promise<unknown> {
    const { rows } = await reader.query(
      `select exists (select from pg_locks where not granted and mode = 'AccessExclusiveLock'
         and relation = 'baton_engine.executors'::regclass) as waiting`,
    );
    return rows[0]?.waiting;
  }

  it('lets a replica boot while somebody reads all tables, and the others keep their leases', async () => {
    const first = await stage.start();
    await reader.query('begin');
    await reader.query(READ_ALL);
    const second = await stage.start();
    await Promise.all([first, second].map((replica) => replica.ask({ kind: 'assert-held' })));
    await reader.query('rollback');
    expect(find(stage.journal, { what: 'lost' })).toEqual([]);
  });

  it('adds a column without holding anybody up, as soon as nobody reads the table', async () => {
    await prepareTables(stage.databaseUrl, reader);
    await reader.query('alter table baton_engine.executors drop column steady_from');
    await reader.query(`insert into baton_engine.executors values ('older', now(), null)`);
    const older = new Client({ connectionString: stage.databaseUrl });
    await older.connect();
    await reader.query('begin');
    await reader.query(READ_ALL);
    const prepared = prepareTables(stage.databaseUrl, older);
    await expect.poll(isAlterWaiting).toBe(true);
    const renewed = await older.query('update baton_engine.executors set renewed_at = clock_timestamp()');
    expect(renewed.rowCount).toBe(1);
    await reader.query('rollback');
    await prepared;
    await stage.until(`(select steady_from = 'infinity' from (${LEASES}) leases)`);
    await older.end();
  });
});
