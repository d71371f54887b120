import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { SurfaceRecords } from '../ports/surfaces.ts';
import type { Tables } from './tables.ts';

/** The surfaces on Postgres. */
export function createSurfaceRecords(db: Kysely<Tables>): SurfaceRecords {
  return {
    async find(owner, key) {
      const row = await db
        .selectFrom('surfaces')
        .select(['remote_id', 'url', 'hash'])
        .where('owner', '=', owner)
        .where('key', '=', key)
        .executeTakeFirst();
      return row === undefined ? null : { remoteId: Number(row.remote_id), url: row.url, hash: row.hash };
    },
    async save(owner, key, record) {
      const values = { remote_id: record.remoteId, url: record.url, hash: record.hash };
      await db
        .insertInto('surfaces')
        .values({ owner, key, ...values })
        .onConflict((conflict) =>
          conflict.columns(['owner', 'key']).doUpdateSet({ ...values, written_at: sql<Date>`now()` }),
        )
        .execute();
    },
  };
}
