import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { connect } from '../../src/store/connect.ts';
import { SILENT } from './held-and-silent.ts';
import { query } from './query.ts';
import { useStores } from './test-store.ts';

describe('src/store/connect', () => {
  const stores = useStores();

  // What nothing catches ends the server, and here the run of the tests.
  it('outlives a connection that breaks between two statements of a transaction', async () => {
    const db = connect(stores.url(), SILENT, 'disk');
    try {
      const broken = db.transaction().execute(async (transaction) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
        await query(stores.url(), 'select pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
        // By the end of another conversation, what the server said before it hung up has been read.
        await query(stores.url(), 'select 1');
        return sql`select 1`.execute(transaction);
      });
      await expect(broken).rejects.toThrow(/terminat|queryable|error/);
      expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    } finally {
      await db.destroy();
    }
  });
});
