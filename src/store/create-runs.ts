import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Run } from '../domain/run.ts';
import type { Lease } from '../ports/lease.ts';
import type { Runs } from '../ports/runs.ts';
import { readRunRow } from './read-run-row.ts';
import type { Tables } from './tables.ts';
import { toFixedColumns, toProgressColumns } from './to-run-columns.ts';

/** The runs on Postgres. A process that has lost its lease cannot overwrite what its successor saved. */
export function createRuns(db: Kysely<Tables>, lease: Lease): Runs {
  function select() {
    return db.selectFrom('runs').select(['id', 'order', 'progress']);
  }
  return {
    async save(run) {
      await lease.assertHeld();
      const isWritten = run.state !== 'queued' && (await update(db, run));
      if (!isWritten) {
        await insert(db, run);
      }
    },
    async find(id) {
      const row = await select().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : readRunRow(row);
    },
    async latest(subjectKey) {
      const row = await select()
        .where('subject_key', '=', subjectKey)
        .orderBy('ended')
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : readRunRow(row);
    },
    async open(subjectKey) {
      const rows = await select()
        .where('subject_key', '=', subjectKey)
        .where('ended', '=', false)
        .orderBy('created_at')
        .execute();
      return rows.map(readRunRow);
    },
  };
}

/** Everything but the order, which was written with the row. False when there is no row yet. */
async function update(db: Kysely<Tables>, run: Run): Promise<boolean> {
  const result = await db
    .updateTable('runs')
    .set({ ...toProgressColumns(run), updated_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', run.order.id)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

async function insert(db: Kysely<Tables>, run: Run): Promise<void> {
  const progress = toProgressColumns(run);
  await db
    .insertInto('runs')
    .values({ ...toFixedColumns(run.order), ...progress })
    .onConflict((conflict) =>
      run.state === 'queued' ? conflict.doNothing() : conflict.column('id').doUpdateSet(progress),
    )
    .execute();
}
