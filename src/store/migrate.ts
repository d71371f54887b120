import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from './migration.ts';
import { deliveries } from './migrations/0001-deliveries.ts';
import { effects } from './migrations/0002-effects.ts';
import { runs } from './migrations/0003-runs.ts';
import { surfaces } from './migrations/0004-surfaces.ts';
import { secrets } from './migrations/0005-secrets.ts';
import { commentEdits } from './migrations/0006-comment-edits.ts';
import { modelUsage } from './migrations/0007-model-usage.ts';
import { tasks } from './migrations/0008-tasks.ts';
import { messages } from './migrations/0009-messages.ts';
import { measures } from './migrations/0010-measures.ts';
import { traceEvents } from './migrations/0011-trace-events.ts';
import { team } from './migrations/0012-team.ts';
import { teamWork } from './migrations/0013-team-work.ts';
import { agentHealth } from './migrations/0014-agent-health.ts';
import { modelCallsUnderWay } from './migrations/0015-model-calls-under-way.ts';
import { restartsOfAgents } from './migrations/0016-restarts-of-agents.ts';
import { endedServers } from './migrations/0017-ended-servers.ts';
import { timesOfSurfaces } from './migrations/0018-times-of-surfaces.ts';
import { contentTurns } from './migrations/0019-content-turns.ts';
import { pressures } from './migrations/0020-pressures.ts';
import { faultsOfTeams } from './migrations/0021-faults-of-teams.ts';
import type { Tables } from './tables.ts';

const MIGRATIONS: readonly Migration[] = [
  deliveries,
  effects,
  runs,
  surfaces,
  secrets,
  commentEdits,
  modelUsage,
  tasks,
  messages,
  measures,
  traceEvents,
  team,
  teamWork,
  agentHealth,
  modelCallsUnderWay,
  restartsOfAgents,
  endedServers,
  timesOfSurfaces,
  contentTurns,
  pressures,
  faultsOfTeams,
];

/** What a database of this Baton has been through, in order. */
export const MIGRATION_NAMES: readonly string[] = MIGRATIONS.map(({ name }) => name);

/** Any constant will do, as long as no other program uses it in the same database. */
const LOCK = 0x62_61_74_6f_6e;

/**
 * Brings the schema `baton` up to date, all in one transaction. Replicas that start together wait for one another.
 * Throws when the database was written by a newer Baton.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    // An index on a large table takes its time, and another replica may be at it already.
    await sql`set local statement_timeout = 0`.execute(transaction);
    await sql`select pg_advisory_xact_lock(${LOCK}::bigint)`.execute(transaction);
    await sql`create schema if not exists baton`.execute(transaction);
    await sql`
      create table if not exists baton.migrations (
        name text primary key,
        applied_at timestamptz not null default now()
      )`.execute(transaction);
    const applied = await readApplied(transaction);
    refuseUnknown(applied);
    for (const migration of MIGRATIONS.filter(({ name }) => !applied.includes(name))) {
      await migration.up(transaction);
      await sql`insert into baton.migrations (name) values (${migration.name})`.execute(transaction);
    }
  });
}

async function readApplied(transaction: Transaction<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from baton.migrations order by name`.execute(
    transaction,
  );
  return rows.map(({ name }) => name);
}

function refuseUnknown(applied: readonly string[]): void {
  const unknown = applied.filter((name) => MIGRATIONS.every((migration) => migration.name !== name));
  if (unknown.length > 0) {
    throw new Error(
      `the database has migrations this version does not know (${unknown.join(', ')}): it was used by a newer ` +
        'Baton. Start that version or a later one.',
    );
  }
}
