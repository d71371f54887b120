import type { Client } from 'pg';
import { MIGRATION_NAMES } from './migrate.ts';
import { withClient } from './with-client.ts';

/** The tables of the store, as they stand. */
export interface StoreReading {
  readonly version: string;
  /** A standby, which takes no writes. */
  readonly readOnly: boolean;
  /** Migrations of this Baton that the database has not seen; all of them when it is empty. */
  readonly missing: readonly string[];
  /** Migrations of a newer Baton. */
  readonly unknown: readonly string[];
  /** Deliveries that nobody has begun to handle; null where there is no inbox yet. */
  readonly inbox: { readonly waiting: number; readonly oldestSeconds: number } | null;
  /** Messages between members of teams that nobody has taken; null where there are no tables yet. */
  readonly messages: number | null;
}

interface Row {
  readonly version: string;
  readonly standby: boolean;
  readonly migrated: boolean;
}

const NOTHING: Row = { version: 'unknown', standby: false, migrated: false };

/**
 * Looks at the database, and tries a delivery in the inbox and a message between members; both are taken back at once.
 * @throws Error when it cannot be reached or does not take them.
 */
export async function inspectStore(databaseUrl: string, connectWithinMs: number): Promise<StoreReading> {
  return await withClient({ databaseUrl, withinMs: connectWithinMs }, read);
}

async function read(client: Client): Promise<StoreReading> {
  const { rows } = await client.query<Row>(
    `select current_setting('server_version') as version, pg_is_in_recovery() as standby,
       to_regclass('baton.migrations') is not null as migrated`,
  );
  const { version, standby: readOnly, migrated } = rows[0] ?? NOTHING;
  const applied = migrated ? await readApplied(client) : [];
  return {
    version,
    readOnly,
    missing: MIGRATION_NAMES.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !MIGRATION_NAMES.includes(name)),
    inbox: migrated && !readOnly ? await tryInbox(client) : null,
    messages: migrated && !readOnly ? await tryMessages(client) : null,
  };
}

async function readApplied(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>('select name from baton.migrations order by name');
  return rows.map(({ name }) => name);
}

/** In a transaction of its own, so that nobody else ever sees the delivery. */
async function tryInbox(client: Client): Promise<StoreReading['inbox']> {
  const { rows } = await client.query<{ waiting: string; oldest: number | null }>(
    `select count(*) as waiting, extract(epoch from now() - min(received_at))::float8 as oldest
     from baton.deliveries where dispatched_at is null`,
  );
  await client.query('begin');
  await client.query(
    `insert into baton.deliveries (guid, event, payload) values ('preflight-' || gen_random_uuid(), 'ping', '{}')`,
  );
  await client.query('rollback');
  return { waiting: Number(rows[0]?.waiting ?? 0), oldestSeconds: rows[0]?.oldest ?? 0 };
}

/** Null before the first start of a Baton that has messages. */
async function tryMessages(client: Client): Promise<StoreReading['messages']> {
  const { rows: tables } = await client.query<{ there: boolean }>(
    `select to_regclass('baton.messages') is not null as there`,
  );
  if (tables[0]?.there !== true) {
    return null;
  }
  const { rows } = await client.query<{ waiting: number }>(
    `select count(*)::int as waiting from baton.messages where status = 'pending'`,
  );
  await client.query('begin');
  await client.query(
    `insert into baton.messages
       (repository_id, key, sender, recipient, type, content, priority, created_at, raised_at)
     values (0, 'preflight-' || gen_random_uuid(), 'preflight', 'preflight', 'preflight', '{}', 5, now(), now())`,
  );
  await client.query('rollback');
  return rows[0]?.waiting ?? 0;
}
