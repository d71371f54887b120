import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** What happened while agents were at work; kept for a while. The number keeps the order of equal times. */
export const traceEvents: Migration = {
  name: '0011-trace-events',
  async up(db) {
    await sql`
      create table baton.trace_events (
        id uuid primary key,
        number bigint generated always as identity,
        trace text not null,
        at timestamptz not null,
        agent text not null,
        step text,
        attempt integer,
        call uuid,
        happened json not null
      )`.execute(db);
    await sql`create index trace_events_trace on baton.trace_events (trace, at, number)`.execute(db);
    await sql`create index trace_events_at on baton.trace_events (at)`.execute(db);
  },
};
