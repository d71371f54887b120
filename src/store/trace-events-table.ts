import type { ColumnType } from 'kysely';

export interface TraceEventsTable {
  id: string;
  trace: string;
  at: ColumnType<Date, string, never>;
  agent: string;
  step: string | null;
  attempt: number | null;
  call: string | null;
  happened: ColumnType<unknown, string, never>;
}
