import type { ColumnType } from 'kysely';

type Time = ColumnType<Date, string, string>;

export interface AgentHealthTable {
  id: string;
  process: string;
  repository_id: string | null;
  member: string | null;
  work: string;
  pid: number | null;
  started_at: Time;
  heartbeat_at: ColumnType<Date | null, string | null, string | null>;
  cpu_percent: number | null;
  memory_bytes: string;
  ailments: ColumnType<string[], string, string>;
  looked_at: Time;
  ended_at: ColumnType<Date | null, string | null | undefined, string | null>;
}
