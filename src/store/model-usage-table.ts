import type { ColumnType, Generated } from 'kysely';

/** A 64-bit number, which `pg` returns as text. */
type BigCount = ColumnType<string, number, never>;
type MaybeBigCount = ColumnType<string | null, number | null, never>;

export interface ModelUsageTable {
  id: ColumnType<string, never, never>;
  run_id: string;
  repository: string;
  subject: string;
  step: string;
  attempt: number;
  model: string;
  input_tokens: MaybeBigCount;
  cache_read_tokens: MaybeBigCount;
  cache_write_tokens: MaybeBigCount;
  output_tokens: MaybeBigCount;
  /** Null: not known. */
  cost_usd: number | null;
  /** What counts against budgets: told, or estimated. */
  counted_tokens: BigCount;
  duration_ms: BigCount;
  at: Generated<Date>;
}
