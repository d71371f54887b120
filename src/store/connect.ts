import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import type { Log } from '../ports/log.ts';
import type { Tables } from './tables.ts';

/** One pool on the database. A broken idle connection is logged and replaced, never fatal. */
export function connect(databaseUrl: string, log: Log): Kysely<Tables> {
  const pool = new Pool({
    connectionString: databaseUrl,
    application_name: 'baton store',
    max: 8,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
  });
  pool.on('error', (error) => log.warn({ error }, 'a database connection broke; it will be replaced'));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema('baton');
}
