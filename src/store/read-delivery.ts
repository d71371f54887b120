import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Delivery } from '../ports/inbox.ts';
import type { Tables } from './tables.ts';

const payloadSchema = z.record(z.string(), z.unknown());

/** Null when there is no such delivery. Throws when the stored payload is not a JSON object. */
export async function readDelivery(db: Kysely<Tables>, guid: string): Promise<Delivery | null> {
  const row = await db
    .selectFrom('deliveries')
    .select(['event', 'payload'])
    .where('guid', '=', guid)
    .executeTakeFirst();
  if (row === undefined) {
    return null;
  }
  return { guid, event: row.event, payload: parsePayload(guid, row.payload) };
}

function parsePayload(guid: string, text: string): Delivery['payload'] {
  try {
    return payloadSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `the stored payload of delivery ${guid} (table baton.deliveries) is not a JSON object: it was changed by ` +
        'hand. Redeliver it on GitHub after deleting the row.',
      { cause },
    );
  }
}
