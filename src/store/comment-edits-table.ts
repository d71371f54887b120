import type { ColumnType } from 'kysely';

export interface CommentEditsTable {
  /** A 64-bit number, which `pg` returns as text. */
  comment_id: ColumnType<string, number, never>;
  body: string;
  edited_at: ColumnType<Date, string, string>;
}
