import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeptConnection } from '../../src/engine/replica/kept-connection.ts';
import { SILENT } from '../support/examples.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const HOOKS = { prepare: async () => {}, onLost() {}, onRestored() {}, onNotification() {} };
/** Longer than one try may take. */
const HELD_UP_MS = 3_100;

describe('src/engine/replica/kept-connection', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('opens although the process was held up while it connected', async () => {
    const connection = new KeptConnection(database.url, SILENT);
    const opened = connection.open(HOOKS);
    // As by loading a large module: nothing else is done meanwhile.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, HELD_UP_MS);
    await opened;
    expect(await connection.query('select 1 as one', [])).toEqual([{ one: 1 }]);
    await connection.close();
  });

  it('says so when nobody is there', async () => {
    const connection = new KeptConnection('postgresql://nobody@127.0.0.1:1/none', SILENT);
    await expect(connection.open(HOOKS)).rejects.toThrow('ECONNREFUSED');
  });
});
