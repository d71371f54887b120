import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { PlacesTaken } from '../ports/team-records.ts';
import type { Tables } from './tables.ts';

/**
 * Runs of members that are open; one that is proposed and waits for people takes no place, so that others can be worked
 * on meanwhile. Counted over all of them, also those that cannot be read, and only here: were a member to count otherwise
 * than whoever wakes it, it would be woken in vain, or not at all.
 */
export async function readPlacesTaken(
  db: Kysely<Tables>,
  repositoryIds: readonly number[],
): Promise<readonly PlacesTaken[]> {
  const { rows } = await sql<{ repository_id: string; member: string; open: number }>`
    select repository_id, "order" ->> 'member' as member, count(*)::int as open from baton.runs
    where repository_id = any (${repositoryIds}::bigint[]) and not ended and "order" ->> 'member' is not null
      and not (state = 'held' and progress ->> 'pullRequest' is not null)
    group by repository_id, "order" ->> 'member'`.execute(db);
  return rows.map(({ repository_id: id, ...row }) => ({ ...row, repositoryId: Number(id) }));
}
