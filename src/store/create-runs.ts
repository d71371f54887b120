import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Run } from '../domain/run.ts';
import type { Lease } from '../ports/lease.ts';
import type { Log } from '../ports/log.ts';
import type { Runs, UnreadableRun } from '../ports/runs.ts';
import { createRunReader, type RunReader } from './create-run-reader.ts';
import { type RunRow, readRunRow } from './read-run-row.ts';
import type { Tables } from './tables.ts';
import { toFixedColumns, toProgressColumns } from './to-run-columns.ts';

/** So many of the newest runs of a subject are tried until one can be read. */
const LATEST_TRIED = 20;

/** What it has come to stays, and a later version that can read it finds no live run there. */
const ENDED_UNREAD = {
  state: 'failed',
  ended: true,
  progress: sql<string>`case when json_typeof(progress) = 'object' then (progress::jsonb || jsonb_build_object(
  'state', case when progress ->> 'state' = 'queued' then 'refused' else 'failed' end,
  'endedAt', to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'reason', 'What is stored of this run could not be read, so Baton ended it.'
))::json else progress end`,
  updated_at: sql<Date>`clock_timestamp()`,
} as const;

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
        .where(sql<string>`"order" ->> 'branch'`, '=', branch)
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
    async endUnreadable(id) {
      await lease.assertHeld();
      await db
        .updateTable('runs')
        .set(ENDED_UNREAD)
        .where('id', '=', id)
        .where('ended', '=', false)
        .execute();
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
        .where(sql<string>`"order" ->> 'workflow'`, '=', workflow)
        .where(sql<string>`"order" #>> '{change,headSha}'`, '=', headSha)
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
