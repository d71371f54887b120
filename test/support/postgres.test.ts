import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase } from './postgres.ts';

describe('test/support/postgres', () => {
  it('gives each caller an empty database of its own', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    expect(one.url).not.toBe(two.url);
    const client = new Client({ connectionString: one.url });
    await client.connect();
    const { rows } = await client.query('select count(*)::int as n from pg_tables where schemaname = $1', [
      'public',
    ]);
    expect(rows).toEqual([{ n: 0 }]);
    await client.end();
    await Promise.all([one.drop(), two.drop()]);
    await expect(new Client({ connectionString: one.url }).connect()).rejects.toThrow(/does not exist/);
  });
});
