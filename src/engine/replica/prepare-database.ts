import { setTimeout as delay } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';

/** Any number that nobody else uses; one boot at a time passes it. */
const BOOT_LOCK = 7_246_510_941;
const BOOT_DELAY_MS = 100;
const BOOT_ATTEMPTS = 1_200;

/** Our own tables beside those of DBOS: who is alive, and what was asked to stop. */
const TABLES = `
  create schema if not exists baton_engine;
  create table if not exists baton_engine.executors (
    id text primary key,
    renewed_at timestamptz not null,
    fenced_at timestamptz
  );
  create table if not exists baton_engine.aborts (
    workflow_id text primary key,
    requested_at_ms bigint not null
  );
`;

/** Tells every replica at once that a queued workflow has ended, so that nobody needs to poll for it. */
const END_TRIGGER = `
  create or replace function baton_engine.announce_end() returns trigger language plpgsql as $$
  begin
    perform pg_notify('baton_engine', 'ended:' || new.workflow_uuid);
    return null;
  end $$;
  do $$ begin
    if not exists (select from pg_trigger where tgname = 'baton_announce_end') then
      create trigger baton_announce_end after update of status on dbos.workflow_status for each row
      when (
        old.status in ('PENDING', 'ENQUEUED') and old.queue_name is not null
        and new.status in ('SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')
      )
      execute function baton_engine.announce_end();
    end if;
  end $$;
`;

/**
 * Creates the database when it is missing, and runs `launch` (which migrates the tables of DBOS) while no other replica
 * does. Several replicas may boot at once on an empty server.
 */
export async function prepareDatabase(databaseUrl: string, launch: () => Promise<void>): Promise<void> {
  const client = await connectOrCreate(databaseUrl);
  try {
    await takeBootLock(client);
    await client.query(TABLES);
    await launch();
    await client.query(END_TRIGGER);
  } finally {
    // Ending the session releases the lock.
    await client.end();
  }
}

/** Asks again and again: a query that waited would hold a snapshot, and the migrations of DBOS wait for old snapshots. */
async function takeBootLock(client: Client): Promise<void> {
  for (let attempt = 0; attempt < BOOT_ATTEMPTS; attempt += 1) {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
      BOOT_LOCK,
    ]);
    if (rows[0]?.mine === true) {
      return;
    }
    await delay(BOOT_DELAY_MS);
  }
  throw new Error(
    'Another process has been preparing the database for two minutes. ' +
      'See what it waits for, or end it; then start again.',
  );
}

async function connectOrCreate(databaseUrl: string): Promise<Client> {
  try {
    return await connect(databaseUrl).catch(async (error: unknown) => {
      if (!hasCode(error, 'invalid_catalog_name')) {
        throw error;
      }
      await createDatabase(databaseUrl);
      return connect(databaseUrl);
    });
  } catch (cause) {
    const { host, pathname } = new URL(databaseUrl);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The database ${pathname.slice(1)} on ${host} cannot be opened: ${reason}. ` +
        'Check DATABASE_URL, that the server runs, and that this user may connect (and create the database if it is missing).',
      { cause },
    );
  }
}

async function createDatabase(databaseUrl: string): Promise<void> {
  const url = new URL(databaseUrl);
  const name = decodeURIComponent(url.pathname.slice(1));
  url.pathname = '/postgres';
  const maintenance = await connect(url.href);
  try {
    await maintenance.query(`create database ${maintenance.escapeIdentifier(name)}`);
  } catch (error) {
    // Another replica was first.
    if (!hasCode(error, 'duplicate_database') && !hasCode(error, 'unique_violation')) {
      throw error;
    }
  } finally {
    await maintenance.end();
  }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({
    connectionString,
    application_name: 'baton preparation',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // A session that breaks fails the next query, which is where it can be told.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

const CODES = {
  invalid_catalog_name: '3D000',
  duplicate_database: '42P04',
  unique_violation: '23505',
} as const;

function hasCode(error: unknown, code: keyof typeof CODES): boolean {
  return error instanceof DatabaseError && error.code === CODES[code];
}
