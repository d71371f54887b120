import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Forgets at most `limit` surfaces that were written longer ago; those of runs under way stay, however long they wait.
 * What is forgotten would be made anew, so keep it longer than anything is shown again. Returns how many.
 */
export async function pruneSurfaces(db: Kysely<Tables>, olderThanMs: number, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from baton.surfaces where (owner, key) in (
      select surfaces.owner, surfaces.key from baton.surfaces
      left join baton.runs on runs.id = surfaces.owner
      where surfaces.written_at <= now() - make_interval(secs => ${olderThanMs / 1000})
        and runs.ended is not false
      limit ${limit}
    )`.execute(db);
  return Number(numAffectedRows ?? 0);
}
