import type { ColumnType } from 'kysely';

export interface ContentTurnsTable {
  /** A 64-bit number, which `pg` returns as text. */
  installation_id: ColumnType<string, number, never>;
  /** The newest turns that were given, some of them still to come, oldest first. */
  times: Date[];
}
