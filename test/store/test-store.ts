import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Store, StoreOptions } from '../../src/store/create-store.ts';
import { createStore } from '../../src/store/create-store.ts';
import type { Patience } from '../../src/store/patience.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { HELD, SILENT } from './held-and-silent.ts';

const SHORT: Partial<Patience> = { settleMs: 1, lookUpRetriesMs: [1, 1], pollMs: 5 };

/** A database for the test file, and stores on it that are closed after each test. */
export function useStores() {
  const opened: Store[] = [];
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(async (store) => store.close()));
  });
  afterAll(async () => {
    await database.drop();
  });
  return {
    url: () => database.url,
    async open(options: Partial<StoreOptions> = {}): Promise<Store> {
      const patience = { ...SHORT, ...options.patience };
      const store = await createStore({
        databaseUrl: database.url,
        lease: HELD,
        log: SILENT,
        ...options,
        patience,
      });
      opened.push(store);
      return store;
    },
  };
}
