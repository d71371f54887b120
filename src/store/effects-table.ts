import type { ColumnType, Generated } from 'kysely';

export interface EffectsTable {
  key: string;
  kind: string;
  run_id: string | null;
  state: 'sent' | 'done';
  /** The ledger session that sends it, see `ledger-session.ts`; empty when nobody does any more. */
  owner: string;
  result: ColumnType<unknown, never, string>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}
