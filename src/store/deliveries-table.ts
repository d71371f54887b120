import type { Generated } from 'kysely';

export interface DeliveriesTable {
  guid: string;
  event: string;
  /** JSON as text: `jsonb` would parse it once more and refuses what JSON allows, such as an escaped NUL. */
  payload: string;
  received_at: Generated<Date>;
  dispatched_at: Date | null;
}
