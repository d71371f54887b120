import type { ColumnType, Generated } from 'kysely';

/** A 64-bit number, which `pg` returns as text. */
type BigCount = ColumnType<string, number, number>;
type MaybeBigCount = ColumnType<string | null, number | null, number | null>;

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
  /** `lost`: whoever made the call has died, and `cost_usd` and `counted_tokens` are the most that it can have been. */
  state: 'under-way' | 'ended' | 'lost';
  /** The process that made the call, by its lease; null where there is only one. */
  holder: string | null;
  /** When it began. */
  at: Generated<Date>;
}
