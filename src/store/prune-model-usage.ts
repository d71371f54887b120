import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from './tables.ts';

/** Deletes at most `limit` calls to models that ended longer ago. Returns how many. */
export async function pruneModelUsage(
  db: Kysely<Tables>,
  olderThanMs: number,
  limit: number,
): Promise<number> {
  const old = db
    .selectFrom('model_usage')
    .select('id')
    .where('at', '<=', sql<Date>`now() - make_interval(secs => ${olderThanMs / 1000})`)
    .limit(limit);
  const result = await db.deleteFrom('model_usage').where('id', 'in', old).executeTakeFirst();
  return Number(result.numDeletedRows);
}
