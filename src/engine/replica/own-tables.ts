import type { Client } from 'pg';
import { askAgain } from './ask-again.ts';
import { hasCode } from './postgres-codes.ts';

/**
 * Our own tables beside those of DBOS: who is alive, and what was asked to stop. `steady_from` is by the clock of the
 * database. An executor of a version that does not set it judges nobody by it.
 */
const TABLES = `
  create schema if not exists baton_engine;
  create table if not exists baton_engine.executors (
    id text primary key,
    renewed_at timestamptz not null,
    fenced_at timestamptz,
    steady_from timestamptz not null default 'infinity'
  );
  create table if not exists baton_engine.aborts (
    workflow_id text primary key,
    requested_at_ms bigint not null
  );
`;

const LACKS_STEADY_FROM = `
  select not exists (
    select from pg_attribute where attrelid = 'baton_engine.executors'::regclass and attname = 'steady_from' and not attisdropped
  ) as lacks`;

/** Whoever renews a lease waits behind this, so it gives up long before a renewal does. */
const ADD_STEADY_FROM = `
  begin;
  set local lock_timeout = 500;
  alter table baton_engine.executors add column steady_from timestamptz not null default 'infinity';
  commit`;

/**
 * Creates what is missing; at most one process at a time may. An `alter table` takes its lock before it looks whether
 * there is anything to do, so it is asked for only then: it would wait for a backup, and every lease behind it.
 */
export async function createOwnTables(client: Client): Promise<void> {
  await client.query(TABLES);
  const { rows } = await client.query<{ lacks: boolean }>(LACKS_STEADY_FROM);
  if (rows[0]?.lacks === true) {
    await askAgain(
      () => addSteadyFrom(client),
      'Somebody has been reading the table baton_engine.executors for two minutes, so it could get no new column.',
    );
  }
}

async function addSteadyFrom(client: Client): Promise<boolean> {
  try {
    await client.query(ADD_STEADY_FROM);
    return true;
  } catch (error) {
    await client.query('rollback');
    if (!hasCode(error, 'lock_not_available')) {
      throw error;
    }
    return false;
  }
}
