import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Tables } from './tables.ts';

/** What it has come to stays, as far as it can be told. */
const progressSchema = z.record(z.string(), z.unknown());

/**
 * Ends a run that cannot be read, unless it has ended: a later version that can read it finds no live run there. It is
 * put together here, since PostgreSQL looks into no JSON that has the character U+0000 anywhere.
 */
export async function endUnreadable(db: Kysely<Tables>, id: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('runs')
      .select(['progress', sql<Date>`clock_timestamp()`.as('now')])
      .where('id', '=', id)
      .where('ended', '=', false)
      .forUpdate()
      .executeTakeFirst();
    if (row !== undefined) {
      await transaction
        .updateTable('runs')
        .set({
          state: 'failed',
          ended: true,
          progress: JSON.stringify(toEnded(row.progress, row.now)),
          updated_at: row.now,
        })
        .where('id', '=', id)
        .execute();
    }
  });
}

function toEnded(stored: unknown, now: Date): unknown {
  const progress = progressSchema.safeParse(stored);
  if (!progress.success) {
    return stored;
  }
  return {
    ...progress.data,
    state: progress.data['state'] === 'queued' ? 'refused' : 'failed',
    endedAt: now.toISOString(),
    reason: 'What is stored of this run could not be read, so Baton ended it.',
  };
}
