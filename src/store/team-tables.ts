import type { ColumnType, Generated } from 'kysely';
import type { Pressure } from '../domain/team/pressure.ts';
import type { TeamSettings } from '../domain/team/team-settings.ts';
import type { WakingState } from '../ports/team-records.ts';

type Time = ColumnType<Date, string, string>;

export interface TeamRepositoriesTable {
  repository_id: string;
  owner: string;
  name: string;
  installation_id: string;
  settings: ColumnType<TeamSettings, string, string>;
  launched_at: Time;
  pushed_at: string;
  fault: ColumnType<string | null, string | null | undefined, string | null>;
}

export interface WakingsTable {
  id: string;
  repository_id: string;
  member: string;
  reason: string;
  state: WakingState;
  began_at: Time;
  ended_at: ColumnType<Date | null, string | null, string | null>;
  on: string;
  crashes: number;
  note: string;
  pressures: ColumnType<readonly Pressure[], string | undefined, string>;
}

export interface RestartsTable {
  id: Generated<string>;
  waking_id: string;
  repository_id: string;
  member: string | null;
  role: string | null;
  crash: number;
  why: string;
  wait_ms: string | null;
  at: Time;
}

export interface ClaimsTable {
  repository_id: string;
  number: number;
  member: string;
  run_id: string;
  claimed_at: Time;
  passed_over_at: ColumnType<Date | null, string | null, string | null>;
}

export interface TaskDurationsTable {
  id: Generated<string>;
  member: string;
  task_type: string;
  duration_ms: string;
  at: Time;
}

export interface TeamSwitchesTable {
  member: string;
  stopped: boolean;
  at: Time;
}
