import type { Run } from '../domain/run.ts';
import type { TraceEvent } from '../domain/trace-event.ts';
import type { Log } from '../ports/log.ts';
import { connect } from './connect.ts';
import { createRuns } from './create-runs.ts';
import { createTraceEvents } from './create-trace-events.ts';

/** What has been done, for somebody who only looks. */
export interface History {
  run(id: string): Promise<Run | null>;
  trace(id: string): Promise<readonly TraceEvent[]>;
  close(): Promise<void>;
}

/** Opens the store to read in it. The schema is left as it is: a server that works there may be an older one. */
export function openHistory(databaseUrl: string, log: Log): History {
  const db = connect(databaseUrl, log, 'order');
  const runs = createRuns(db, {
    assertHeld: () => Promise.reject(new Error('Whoever only looks writes nothing.')),
  });
  const traces = createTraceEvents(db);
  return {
    run: (id) => runs.find(id),
    trace: (id) => traces.read(id),
    close: () => db.destroy(),
  };
}
