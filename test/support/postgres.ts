import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/engine/start-embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresDirectory: string;
  }
}

/** A database of its own for one test file. */
export interface TestDatabase {
  readonly url: string;
  /** Ends every connection to it, then removes it. */
  drop(): Promise<void>;
}

let server: Promise<EmbeddedPostgres> | undefined;

/**
 * Makes an empty database on the PostgreSQL that all test files of one run share. The first who asks starts it, the
 * others adopt it; `postgres-setup.ts` stops it after the last one.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url: maintenance } = await startOnce();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await query(maintenance, `create database ${name}`);
  const url = new URL(maintenance);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => query(maintenance, `drop database if exists ${name} with (force)`) };
}

/** Once for all that share this module: each start is a connection that lasts as long as its process. */
function startOnce(): Promise<EmbeddedPostgres> {
  server ??= startEmbeddedPostgres(inject('postgresDirectory')).catch((error: unknown) => {
    server = undefined;
    throw error;
  });
  return server;
}

async function query(url: string, text: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
