import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from './tables.ts';

/** Deletes at most `limit` effects that were done longer ago; those of runs under way stay. Returns how many. */
export async function pruneEffects(db: Kysely<Tables>, olderThanMs: number, limit: number): Promise<number> {
  const old = db
    .selectFrom('effects')
    .leftJoin('runs', 'runs.id', 'effects.run_id')
    .select('effects.key')
    .where('effects.state', '=', 'done')
    .where('effects.updated_at', '<=', sql<Date>`now() - make_interval(secs => ${olderThanMs / 1000})`)
    .where((where) => where.or([where('runs.ended', 'is', null), where('runs.ended', '=', true)]))
    .limit(limit);
  const result = await db.deleteFrom('effects').where('key', 'in', old).executeTakeFirst();
  return Number(result.numDeletedRows);
}
