import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import type { Log } from '../ports/log.ts';
import type { Tables } from './tables.ts';

/**
 * What a commit waits for. `disk`: it survives a crash of the database server. `order`: such a crash can lose it, with
 * all that came after it and nothing that came before; the next commit of the first kind makes it safe.
 */
export type Commits = 'disk' | 'order';

/** One pool on the database. A broken connection is replaced, idle or at work, and never fatal. */
export function connect(databaseUrl: string, log: Log, commits: Commits): Kysely<Tables> {
  const pool = new Pool({
    connectionString: commits === 'disk' ? databaseUrl : withoutWaiting(databaseUrl),
    application_name: 'baton store',
    max: commits === 'disk' ? 8 : 4,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
  });
  pool.on('error', (error) => log.warn({ error }, 'a database connection broke; it will be replaced'));
  // The pool listens only while a connection is idle. One that breaks between two statements of a transaction fails the
  // next, which is where it can be told; without a listener it would end the process.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema('baton');
}

function withoutWaiting(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const asked = url.searchParams.get('options');
  url.searchParams.set('options', `${asked ?? ''} -c synchronous_commit=off`.trim());
  return url.href;
}
