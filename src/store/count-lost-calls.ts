import type { Kysely } from 'kysely';
import type { LeaseHolders } from '../ports/lease.ts';
import type { Tables } from './tables.ts';

/** From now on the calls that dead processes had under way count as the most that they can have cost. */
export async function countLostCalls(db: Kysely<Tables>, holders: LeaseHolders | undefined): Promise<void> {
  if (holders === undefined) {
    return;
  }
  const others = await db
    .selectFrom('model_usage')
    .select('holder')
    .distinct()
    .where('state', '=', 'under-way')
    .where('holder', '<>', holders.self)
    .execute();
  for (const { holder } of others) {
    if (holder !== null && (await holders.hasLost(holder))) {
      await db
        .updateTable('model_usage')
        .set({ state: 'lost' })
        .where('state', '=', 'under-way')
        .where('holder', '=', holder)
        .execute();
    }
  }
}
