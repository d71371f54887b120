import type { ColumnType, Generated } from 'kysely';
import type { Run } from '../domain/run.ts';

export interface RunsTable {
  id: string;
  subject_key: string;
  /** A 64-bit number, which `pg` returns as text. */
  repository_id: ColumnType<string, number, never>;
  state: Run['state'];
  ended: boolean;
  /** Written once: it can hold a whole issue and never changes. */
  order: ColumnType<unknown, string, never>;
  /** All of the run but its order. */
  progress: ColumnType<unknown, string, string>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}
