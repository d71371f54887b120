import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from './tables.ts';

/** Deletes at most `limit` edits of our comments that were made longer ago. Returns how many. */
export async function pruneCommentEdits(
  db: Kysely<Tables>,
  olderThanMs: number,
  limit: number,
): Promise<number> {
  const old = db
    .selectFrom('comment_edits')
    .select('comment_id')
    .where('edited_at', '<=', sql<Date>`now() - make_interval(secs => ${olderThanMs / 1000})`)
    .limit(limit);
  const result = await db.deleteFrom('comment_edits').where('comment_id', 'in', old).executeTakeFirst();
  return Number(result.numDeletedRows);
}
