import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Run } from '../domain/run.ts';
import type { Lease } from '../ports/lease.ts';
import type { Log } from '../ports/log.ts';
import type { Runs, UnreadableRun } from '../ports/runs.ts';
import { createRunReader, type RunReader } from './create-run-reader.ts';
import { endUnreadable } from './end-unreadable.ts';
import { lookedInto } from './looked-into.ts';
import { type RunRow, readRunRow } from './read-run-row.ts';
import type { Tables } from './tables.ts';
import { toFixedColumns, toProgressColumns } from './to-run-columns.ts';

/** So many of the newest runs of a subject are tried until one can be read. */
const LATEST_TRIED = 20;

/** What of an order says when it was asked for. */
const askedSchema = z.object({ requestedAt: z.iso.datetime() });

/** The runs on Postgres. A process that has lost its lease cannot overwrite what its successor saved. */
export function createRuns(db: Kysely<Tables>, lease: Lease, log: Log): Runs {
  const read = createRunReader(log);
  function select() {
    return db.selectFrom('runs').select(['id', 'order', 'progress']);
  }
  function selectOpen(subjectKey: string) {
    return select().where('subject_key', '=', subjectKey).where('ended', '=', false);
  }
  return {
    ...askColumns(db),
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
      const newest = select()
        .where('subject_key', '=', subjectKey)
        .orderBy('ended')
        .orderBy('created_at', 'desc')
        .limit(1);
      return await firstReadable((offset) => newest.offset(offset).executeTakeFirst(), read);
    },
    async onBranch(subjectKey, branch) {
      const row = await select()
        .where('subject_key', '=', subjectKey)
        .where(sql<string>`${lookedInto('order')} ->> 'branch'`, '=', branch)
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : read(row);
    },
    async open(subjectKey) {
      const rows = await selectOpen(subjectKey).orderBy('created_at').execute();
      return rows.map(read).filter((run) => run !== null);
    },
    async unreadable(subjectKey) {
      const rows = await selectOpen(subjectKey).select('created_at').orderBy('created_at').execute();
      return rows.filter((row) => read(row) === null).map(toUnreadable);
    },
    alive: () => db.selectFrom('runs').select(['id', 'order']).where('ended', '=', false).execute(),
    async endUnreadable(id) {
      await lease.assertHeld();
      await endUnreadable(db, id);
    },
  };
}

function toUnreadable({
  id,
  order,
  created_at: created,
}: Pick<RunRow, 'id' | 'order'> & { readonly created_at: Date }): UnreadableRun {
  const asked = askedSchema.safeParse(order);
  return { id, requestedAt: asked.data?.requestedAt ?? created.toISOString() };
}

/** What can be told of a run also when it cannot be read. */
function askColumns(db: Kysely<Tables>): Pick<Runs, 'exists' | 'hasEnded' | 'isJudging'> {
  function select() {
    return db.selectFrom('runs').select('ended');
  }
  return {
    async exists(id) {
      return (await select().where('id', '=', id).executeTakeFirst()) !== undefined;
    },
    async hasEnded(id) {
      return (await select().where('id', '=', id).executeTakeFirst())?.ended === true;
    },
    async isJudging(subjectKey, { workflow, headSha }) {
      const row = await select()
        .where('subject_key', '=', subjectKey)
        .where('ended', '=', false)
        .where(sql<string>`${lookedInto('order')} ->> 'workflow'`, '=', workflow)
        .where(sql<string>`${lookedInto('order')} #>> '{change,headSha}'`, '=', headSha)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

async function firstReadable(
  rowAt: (offset: number) => Promise<RunRow | undefined>,
  read: RunReader,
): Promise<Run | null> {
  for (let offset = 0; offset < LATEST_TRIED; offset += 1) {
    const row = await rowAt(offset);
    const run = row === undefined ? null : read(row);
    if (row === undefined || run !== null) {
      return run;
    }
  }
  return null;
}

/**
 * Everything but the order, which was written with the row. False when there is no row yet. The time of an end stays when
 * that is saved again: a run has taken as long as it has, however late GitHub hears of it.
 */
async function update(db: Kysely<Tables>, run: Run): Promise<boolean> {
  const result = await db
    .updateTable('runs')
    .set({
      ...toProgressColumns(run),
      updated_at: sql<Date>`case when ended then updated_at else clock_timestamp() end`,
    })
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
