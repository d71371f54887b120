import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A delivery with its payload as JSON text. */
export interface DeliveryRow {
  readonly guid: string;
  readonly event: string;
  readonly payload: string;
}

/** Inserts all rows in one commit and says of each whether it was new. Of equal GUIDs in one batch the first is. */
export async function insertDeliveries(
  db: Kysely<Tables>,
  rows: readonly DeliveryRow[],
): Promise<('stored' | 'duplicate')[]> {
  const inserted = await db
    .insertInto('deliveries')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .returning('guid')
    .execute();
  const fresh = new Set(inserted.map(({ guid }) => guid));
  return rows.map(({ guid }) => (fresh.delete(guid) ? 'stored' : 'duplicate'));
}
