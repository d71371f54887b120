import type { Run } from '../domain/run.ts';
import type { TraceEvent } from '../domain/trace-event.ts';
import type { Log } from '../ports/log.ts';
import type { KeptWaking } from '../ports/team-records.ts';
import { connect } from './connect.ts';
import { createRuns } from './create-runs.ts';
import { createTraceEvents } from './create-trace-events.ts';
import { readWaking } from './create-wakings.ts';

/** What has been done, for somebody who only looks. */
export interface History {
  run(id: string): Promise<Run | null>;
  waking(id: string): Promise<KeptWaking | null>;
  trace(id: string): Promise<readonly TraceEvent[]>;
  close(): Promise<void>;
}

/** Opens the store to read in it. The schema is left as it is: a server that works there may be an older one. */
export function openHistory(databaseUrl: string, log: Log): History {
  const db = connect(databaseUrl, log, 'order');
  const lease = { assertHeld: () => Promise.reject(new Error('Whoever only looks writes nothing.')) };
  const runs = createRuns(db, lease, log);
  const traces = createTraceEvents(db);
  return {
    run: (id) => runs.find(id),
    waking: (id) => readWaking(db, id),
    trace: (id) => traces.read(id),
    close: () => db.destroy(),
  };
}
