import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** What was last measured of each agent at work, and of each server. */
export const agentHealth: Migration = {
  name: '0014-agent-health',
  async up(db) {
    await sql`
      create table baton.agent_health (
        id text primary key,
        process text not null,
        repository_id bigint,
        member text,
        work text not null,
        pid integer,
        started_at timestamptz not null,
        heartbeat_at timestamptz,
        cpu_percent double precision,
        memory_bytes bigint not null,
        ailments json not null,
        looked_at timestamptz not null
      )`.execute(db);
    await sql`create index agent_health_process on baton.agent_health (process)`.execute(db);
  },
};
