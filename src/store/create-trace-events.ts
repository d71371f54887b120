import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { happeningSchema } from '../domain/trace-event.ts';
import type { TraceStore } from '../ports/traces.ts';
import type { Tables } from './tables.ts';

/** Trace events on Postgres. Several of the newest can be lost by a crash; a run never depends on them. */
export function createTraceEvents(db: Kysely<Tables>): TraceStore {
  return {
    async add(events) {
      if (events.length > 0) {
        await db
          .insertInto('trace_events')
          .values(events.map(({ happened, ...event }) => ({ ...event, happened: JSON.stringify(happened) })))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    },
    async read(trace) {
      const rows = await db
        .selectFrom('trace_events')
        .select(['id', 'trace', 'at', 'agent', 'step', 'attempt', 'call', 'happened'])
        .where('trace', '=', trace)
        .orderBy('at')
        .orderBy(sql`number`)
        .execute();
      return rows.flatMap(({ at, happened, ...row }) => {
        // A later version may know more kinds; what this one does not know it leaves out.
        const known = happeningSchema.safeParse(happened);
        return known.success ? [{ ...row, at: at.toISOString(), happened: known.data }] : [];
      });
    },
  };
}
