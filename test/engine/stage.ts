import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { FOR_EVER_MS } from './for-ever-ms.ts';
import { type Replica, startReplica } from './replica.ts';
import type { ReplicaSettings } from './replica-process.ts';

/** What each test of the engine plays on: an empty database, a journal, and replicas that end with the test. */
export interface Stage {
  readonly databaseUrl: string;
  readonly journal: string;
  start(more?: Partial<ReplicaSettings>): Promise<Replica>;
}

/** A replica that looks for work only when it has taken some over or was given it: what others are given stays theirs. */
export const TAKES_OVER_ONLY = { pollMs: FOR_EVER_MS } as const;

/** Sets a fresh stage for every test of the file. Its fields are those of the present test. */
export function setStage(): Stage {
  let database: TestDatabase;
  let journal = '';
  let replicas: Promise<Replica>[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    journal = path.join(tmpdir(), `baton-journal-${randomUUID()}`);
    replicas = [];
  });
  afterEach(async () => {
    for (const replica of await Promise.allSettled(replicas)) {
      if (replica.status === 'fulfilled') {
        await replica.value.kill();
      }
    }
    await database.drop();
    rmSync(journal, { force: true });
  });

  return {
    get databaseUrl() {
      return database.url;
    },
    get journal() {
      return journal;
    },
    start(more = {}) {
      const replica = startReplica({ databaseUrl: database.url, journal }, more);
      replicas.push(replica);
      return replica;
    },
  };
}

/** Steps `s0`, `s1`, ... which take so long each. */
export function steps(count: number, ms: number) {
  return Array.from({ length: count }, (_, index) => ({ kind: 'step' as const, name: `s${index}`, ms }));
}
