import { describe, expect, it } from 'vitest';
import { MIGRATION_NAMES } from '../../src/store/migrate.ts';
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
});
