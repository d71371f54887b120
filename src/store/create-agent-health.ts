import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { AgentHealth, EndedServer, Health } from '../ports/agent-health.ts';
import type { Clock } from '../ports/clock.ts';
import type { Tables } from './tables.ts';

/** The health of agents, on Postgres. It is measured again soon, so nothing waits for the disk. */
export function createAgentHealth(db: Kysely<Tables>, clock: Clock): AgentHealth {
  return {
    async save(process, all) {
      await db.transaction().execute(async (transaction) => {
        const rows = all.map((health) => toRow(health, clock.now()));
        // An attempt that was taken over is the same agent, and whoever had it before removes nothing any more.
        await transaction
          .deleteFrom('agent_health')
          .where((where) =>
            where.or([
              where('process', '=', process),
              where('id', '=', sql<string>`any (${rows.map(({ id }) => id)}::text[])`),
            ]),
          )
          .execute();
        if (rows.length > 0) {
          await transaction.insertInto('agent_health').values(rows).execute();
        }
      });
    },
    end: (process) => endProcess(db, process, clock.now()),
    ended: () => readEnded(db),
    async read(sinceMs) {
      const rows = await db
        .selectFrom('agent_health')
        .selectAll()
        .where('looked_at', '>=', new Date(sinceMs))
        .where('ended_at', 'is', null)
        .orderBy('started_at')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        process: row.process,
        repositoryId: row.repository_id === null ? null : Number(row.repository_id),
        member: row.member,
        work: row.work,
        pid: row.pid,
        startedMs: row.started_at.getTime(),
        heartbeatMs: row.heartbeat_at?.getTime() ?? null,
        cpuPercent: row.cpu_percent,
        memoryBytes: Number(row.memory_bytes),
        ailments: row.ailments,
      }));
    },
  };
}

/** The server's own row stays, for whoever asks what became of it. */
async function endProcess(db: Kysely<Tables>, process: string, at: string): Promise<void> {
  await db.deleteFrom('agent_health').where('process', '=', process).where('work', '!=', 'server').execute();
  await db.updateTable('agent_health').set({ ended_at: at }).where('process', '=', process).execute();
}

async function readEnded(db: Kysely<Tables>): Promise<EndedServer | null> {
  const row = await db
    .selectFrom('agent_health')
    .select(['process', 'ended_at'])
    .where('ended_at', 'is not', null)
    .orderBy('ended_at', 'desc')
    .executeTakeFirst();
  return row === undefined || row.ended_at === null
    ? null
    : { process: row.process, endedMs: row.ended_at.getTime() };
}

function toRow(health: Health, at: string) {
  return {
    id: health.id,
    process: health.process,
    repository_id: health.repositoryId === null ? null : String(health.repositoryId),
    member: health.member,
    work: health.work,
    pid: health.pid,
    started_at: new Date(health.startedMs).toISOString(),
    heartbeat_at: health.heartbeatMs === null ? null : new Date(health.heartbeatMs).toISOString(),
    cpu_percent: health.cpuPercent,
    memory_bytes: String(health.memoryBytes),
    ailments: JSON.stringify(health.ailments),
    looked_at: at,
  };
}
