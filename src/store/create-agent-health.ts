import type { Kysely } from 'kysely';
import type { AgentHealth, Health } from '../ports/agent-health.ts';
import type { Clock } from '../ports/clock.ts';
import type { Tables } from './tables.ts';

/** The health of agents, on Postgres. It is measured again soon, so nothing waits for the disk. */
export function createAgentHealth(db: Kysely<Tables>, clock: Clock): AgentHealth {
  return {
    async save(process, all) {
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('agent_health').where('process', '=', process).execute();
        if (all.length > 0) {
          const rows = all.map((health) => toRow(health, clock.now()));
          await transaction.insertInto('agent_health').values(rows).execute();
        }
      });
    },
    async read(sinceMs) {
      const rows = await db
        .selectFrom('agent_health')
        .selectAll()
        .where('looked_at', '>=', new Date(sinceMs))
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
