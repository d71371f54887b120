import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { PlacesTaken } from '../ports/team-records.ts';
import { lookedInto } from './looked-into.ts';
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
    select repository_id, member, count(*)::int as open from (
      select repository_id, ${lookedInto('order')} ->> 'member' as member from baton.runs
      where repository_id = any (${repositoryIds}::bigint[]) and not ended
        and not (state = 'held' and ${lookedInto('progress')} ->> 'pullRequest' is not null)
    ) runs where member is not null group by repository_id, member`.execute(db);
  return rows.map(({ repository_id: id, ...row }) => ({ ...row, repositoryId: Number(id) }));
}
