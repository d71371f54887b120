import type { ColumnType, Generated } from 'kysely';

export interface SurfacesTable {
  owner: string;
  key: string;
  /** A 64-bit number, which `pg` returns as text. */
  remote_id: ColumnType<string, number, number>;
  url: string;
  hash: string;
  written_at: Generated<Date>;
}
