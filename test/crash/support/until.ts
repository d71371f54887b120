import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { OBSERVER } from './observer.ts';

/** Resolves like `work`, or rejects after `ms` with what was waited for. */
export async function within<Result>(ms: number, what: string, work: Promise<Result>): Promise<Result> {
  const timer = new AbortController();
  const late = delay(ms, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`Waited ${ms} ms for ${what}.`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}

/** Resolves when nothing is under way but runs that wait for a person, and no delivery waits to be dispatched. */
export async function untilIdle(databaseUrl: string, ms = 240_000): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, application_name: OBSERVER });
  await client.connect();
  try {
    const deadline = Date.now() + ms;
    for (;;) {
      const { rows } = await client.query<{ what: string }>(`
        select workflow_uuid || ' ' || status as what from dbos.workflow_status
        where status in ('PENDING', 'ENQUEUED', 'DELAYED')
          and workflow_uuid not in (select id from baton.runs where state = 'held')
        union all select guid from baton.deliveries where dispatched_at is null`);
      if (rows.length === 0) {
        return;
      }
      if (Date.now() > deadline) {
        throw new Error(`Still under way after ${ms} ms: ${rows.map(({ what }) => what).join(', ')}`);
      }
      await delay(50);
    }
  } finally {
    await client.end();
  }
}
