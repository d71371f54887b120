import { Client } from 'pg';
import { askAgain } from './ask-again.ts';
import { createOwnTables } from './own-tables.ts';
import { hasCode } from './postgres-codes.ts';

/** Any number that nobody else uses; one boot at a time passes it. */
const BOOT_LOCK = 7_246_510_941;

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
    await createOwnTables(client);
    await launch();
    await client.query(END_TRIGGER);
  } finally {
    // Ending the session releases the lock.
    await client.end();
  }
}

/** A query that waited would hold a snapshot, and the migrations of DBOS wait for old snapshots. */
function takeBootLock(client: Client): Promise<void> {
  return askAgain(async () => {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
      BOOT_LOCK,
    ]);
    return rows[0]?.mine === true;
  }, 'Another process has been preparing the database for two minutes.');
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
