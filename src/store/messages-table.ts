import type { ColumnType, Generated } from 'kysely';

export interface MessagesTable {
  id: Generated<string>;
  repository_id: string;
  key: string;
  sender: string;
  recipient: string;
  type: string;
  /** JSON, as it was sent. */
  content: ColumnType<Record<string, unknown>, string, never>;
  priority: number;
  status: 'pending' | 'in_progress' | 'completed' | 'failed';
  taken_by: string | null;
  taken_at: ColumnType<Date | null, string | null, string | null>;
  takes: number;
  /** Why it failed. */
  reason: string | null;
  created_at: ColumnType<Date, string, never>;
  raised_at: ColumnType<Date, string, string>;
  completed_at: ColumnType<Date | null, string | null, string | null>;
}
