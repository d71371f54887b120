import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import { Client, Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { MIGRATION_NAMES, migrate } from '../../src/store/migrate.ts';
import type { Tables } from '../../src/store/tables.ts';
import { query } from './query.ts';
import { useStores } from './test-store.ts';

describe('src/store/migrate', () => {
  const stores = useStores();

  it('applies each migration once when five replicas start together', async () => {
    await Promise.all(Array.from({ length: 5 }, async () => stores.open()));
    const rows = await query(stores.url(), 'select name from baton.migrations order by name');
    expect(rows.map((row) => row['name'])).toEqual([...MIGRATION_NAMES]);
  });

  it('refuses a database that a newer version has used', async () => {
    await stores.open();
    await query(stores.url(), `insert into baton.migrations (name) values ('9999-later')`);
    await expect(stores.open()).rejects.toThrow(/9999-later.*newer Baton/s);
    await query(stores.url(), `delete from baton.migrations where name = '9999-later'`);
  });

  it('says so when the database cannot be reached', async () => {
    await expect(stores.open({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toThrow(
      /ECONNREFUSED/,
    );
  });

  it('takes the time that it needs, and waits for another replica that is at it', async () => {
    await stores.open();
    const pool = new Pool({ connectionString: stores.url(), statement_timeout: 500 });
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema('baton');
    const other = new Client({ connectionString: stores.url() });
    await other.connect();
    try {
      await other.query('begin');
      await other.query('lock table baton.migrations in access exclusive mode');
      const done = migrate(db).then(() => 'done' as const);
      // Longer than any query of this pool may take.
      const waited = await Promise.race([done.catch(() => 'failed' as const), sleep(1500, 'waits' as const)]);
      expect(waited).toBe('waits');
      await other.query('commit');
      expect(await done).toBe('done');
    } finally {
      await other.end();
      await db.destroy();
    }
  });
});
