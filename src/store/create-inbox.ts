import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Deliveries, Inbox } from '../ports/inbox.ts';
import { groupCommits } from './group-commit.ts';
import type { DeliveryRow } from './insert-deliveries.ts';
import { insertDeliveries } from './insert-deliveries.ts';
import { readDelivery } from './read-delivery.ts';
import type { Tables } from './tables.ts';

const BATCH = { maxItems: 200, maxBytes: 8 * 1024 * 1024 } as const;

/** The inbox on Postgres. `onStored` is told each new GUID after its commit; it must not throw. */
export function createInbox(
  { db, ordered }: { readonly db: Kysely<Tables>; readonly ordered: Kysely<Tables> },
  onStored: (guid: string) => void,
): Inbox & Deliveries {
  const store = groupCommits<DeliveryRow, 'stored' | 'duplicate'>({
    commit: async (rows) => insertDeliveries(db, rows),
    sizeOf: ({ payload }) => payload.length,
    ...BATCH,
  });
  const mark = groupCommits<readonly string[], undefined>({
    commit: async (groups) => markAll(ordered, groups),
    sizeOf: (guids) => guids.length * 40,
    ...BATCH,
  });
  return {
    async put({ guid, event, payload }) {
      const outcome = await store({ guid, event, payload: JSON.stringify(payload) });
      if (outcome === 'stored') {
        onStored(guid);
      }
      return outcome;
    },
    read: async (guid) => readDelivery(db, guid),
    async pending(olderThanMs, limit) {
      const rows = await db
        .selectFrom('deliveries')
        .select('guid')
        .where('dispatched_at', 'is', null)
        .where('received_at', '<=', ago(olderThanMs))
        .orderBy('received_at')
        .limit(limit)
        .execute();
      return rows.map(({ guid }) => guid);
    },
    async markDispatched(guids) {
      if (guids.length > 0) {
        await mark(guids);
      }
    },
    async prune(olderThanMs, limit) {
      const old = db
        .selectFrom('deliveries')
        .select('guid')
        .where('dispatched_at', '<=', ago(olderThanMs))
        .limit(limit);
      const result = await db.deleteFrom('deliveries').where('guid', 'in', old).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}

/** By the clock of the database, which all replicas share. */
function ago(ms: number) {
  return sql<Date>`now() - make_interval(secs => ${ms / 1000})`;
}

async function markAll(db: Kysely<Tables>, groups: readonly (readonly string[])[]): Promise<undefined[]> {
  await db
    .updateTable('deliveries')
    .set({ dispatched_at: sql<Date>`now()` })
    .where('guid', '=', sql<string>`any (${groups.flat()}::text[])`)
    .where('dispatched_at', 'is', null)
    .execute();
  return groups.map(() => undefined);
}
