import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Deletes at most `limit` wakings that ended longer ago, by the clock of the database. The newest of a member in a
 * repository stays: by it is known when the member wakes again. Returns how many.
 */
export async function pruneWakings(db: Kysely<Tables>, olderThanMs: number, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from baton.wakings where id in (
      select id from baton.wakings old
      where ended_at <= now() - make_interval(secs => ${olderThanMs / 1000})
        and exists (
          select from baton.wakings newer where newer.repository_id = old.repository_id
            and newer.member = old.member and newer.began_at > old.began_at)
      limit ${limit}
    )`.execute(db);
  return Number(numAffectedRows ?? 0);
}
