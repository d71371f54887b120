import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Measures, Reading } from '../ports/measures.ts';
import type { Tables } from './tables.ts';

const seriesSchema = z.tuple([z.string(), z.record(z.string(), z.string())]);

/** Measures on Postgres. Sums are kept by adding what is new of a run to what it has given before, in one statement. */
export function createMeasures(db: Kysely<Tables>): Measures {
  return {
    async add(readings) {
      if (readings.length > 0) {
        await sql`
          insert into baton.measures (series, value)
          select key, value::float8 from jsonb_each_text(${toJson(readings)}::jsonb) order by key
          on conflict (series) do update set value = measures.value + excluded.value`.execute(db);
      }
    },
    async tell(runId, { sums, lasts }) {
      await tellSums(db, runId, sums);
      if (lasts.length > 0) {
        await sql`
          insert into baton.measures (series, value)
          select key, value::float8 from jsonb_each_text(${toJson(lasts)}::jsonb) order by key
          on conflict (series) do update set value = excluded.value`.execute(db);
      }
    },
    async read() {
      const rows = await db.selectFrom('measures').select(['series', 'value']).orderBy('series').execute();
      return rows.map(({ series, value }) => {
        const [metric, labels] = seriesSchema.parse(JSON.parse(series));
        return { metric, labels, value };
      });
    },
    now: () => readNow(db),
  };
}

async function tellSums(db: Kysely<Tables>, runId: string, sums: readonly Reading[]): Promise<void> {
  const given = toJson(sums);
  if (!(await addToKnown(db, runId, given))) {
    await sql`
      insert into baton.run_measures (run_id, given) values (${runId}, '{}') on conflict do nothing`.execute(
      db,
    );
    await addToKnown(db, runId, given);
  }
}

/**
 * The row of the run is locked first, so that two who tell of it at once take turns. A sum never becomes less. False
 * when there is no such row.
 */
async function addToKnown(db: Kysely<Tables>, runId: string, given: string): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    with before as (
      select given from baton.run_measures where run_id = ${runId} for update
    ), kept as (
      update baton.run_measures set given = run_measures.given || ${given}::jsonb
      where run_id = ${runId} and exists (select from before)
    ), more as (
      select key, value::float8 - coalesce((before.given ->> key)::float8, 0) as value
      from before, jsonb_each_text(${given}::jsonb)
    ), added as (
      insert into baton.measures (series, value)
      select key, value from more where value > 0 order by key
      on conflict (series) do update set value = measures.value + excluded.value
    )
    select exists (select from before) as known`.execute(db);
  return rows[0]?.known ?? false;
}

function toJson(readings: readonly Reading[]): string {
  return JSON.stringify(Object.fromEntries(readings.map((reading) => [toSeries(reading), reading.value])));
}

function toSeries({ metric, labels }: Reading): string {
  const sorted = Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([metric, Object.fromEntries(sorted)]);
}

async function readNow(db: Kysely<Tables>): Promise<readonly Reading[]> {
  const [states, holds, inbox] = await Promise.all([
    sql<{ state: string; count: number }>`
      select state, count(*)::float8 as count from baton.runs group by state order by state`.execute(db),
    sql<{ kind: string; count: number }>`
      select progress -> 'hold' ->> 'kind' as kind, count(*)::float8 as count
      from baton.runs where state = 'held' group by 1 order by 1`.execute(db),
    sql<{ waiting: number; oldest: number | null }>`
      select count(*)::float8 as waiting, extract(epoch from now() - min(received_at))::float8 as oldest
      from baton.deliveries where dispatched_at is null`.execute(db),
  ]);
  const [row] = inbox.rows;
  return [
    ...states.rows.map(({ state, count }) => ({ metric: 'baton_runs', labels: { state }, value: count })),
    ...holds.rows.map(({ kind, count }) => ({ metric: 'baton_holds', labels: { kind }, value: count })),
    { metric: 'baton_inbox_waiting', labels: {}, value: row?.waiting ?? 0 },
    { metric: 'baton_inbox_oldest_seconds', labels: {}, value: row?.oldest ?? 0 },
  ];
}
