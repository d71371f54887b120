import { join } from 'node:path';
import { pino } from 'pino';
import { PLAYS } from '../../src/demo/plays.ts';
import { startEmbeddedPostgres } from '../../src/engine/start-embedded-postgres.ts';
import { createStore } from '../../src/store/create-store.ts';
import { openHistory } from '../../src/store/open-history.ts';
import { createTraces } from '../../src/telemetry/traces/create-traces.ts';
import { printTable } from '../report/print-table.ts';
import { median } from '../report/quantile.ts';
import { type BenchPlace, setPlace } from '../stage/set-stage.ts';

const RUNS = 5;
/** Of a long attempt of an agent; more than the queue's batch, less than what it holds. */
const EVENTS = 5_000;
const ROUNDS = 5;

/**
 * What recording takes of a run: its events, at the processor time that one takes on its way to the database, against the
 * time of the run. The agents answer at once, so a run is as short as it can be.
 */
export async function measureTraces(): Promise<void> {
  const place = await setPlace();
  const runs = await performRuns(place);
  const perEvent = await measureEvent(join(place.directory, 'baton'));
  const events = median(runs.map((run) => run.events));
  const ms = median(runs.map((run) => run.ms));
  const taken = events * perEvent;
  printTable(`Recording what happens (${RUNS} runs, ${ROUNDS * EVENTS} events)`, [
    ['', ''],
    ['a run, ms', ms],
    ['its events', events],
    ['processor time of an event, µs', perEvent * 1000],
    ['of a run, %', (100 * taken) / ms],
    ['of a run with 1000 calls of tools in an hour, %', (100 * 1000 * perEvent) / 3_600_000],
  ]);
  await place.remove();
}

interface Performed {
  readonly ms: number;
  readonly events: number;
}

async function performRuns(place: BenchPlace): Promise<readonly Performed[]> {
  const stage = await place.open('baton');
  const ids = new Map<string, number>();
  for (let count = 0; count < RUNS; count += 1) {
    const { number } = await place.user.openIssue(PLAYS.feature.issueFile);
    await place.simulator.settle();
    let id = '';
    stage.onLine = (line) => {
      id = typeof line['runId'] === 'string' ? line['runId'] : id;
    };
    const held = stage.advanced((run) => run.state === 'held');
    const startedMs = performance.now();
    await place.user.label(number, 'baton');
    await held;
    const done = stage.advanced((run) => run.state === 'succeeded');
    await place.user.comment(number, '/baton approve');
    await done;
    ids.set(id, performance.now() - startedMs);
  }
  // An orderly end leaves nothing in memory.
  await stage.stop();
  const database = await startEmbeddedPostgres(join(place.directory, 'baton', 'postgres'));
  const history = openHistory(database.url, pino({ level: 'silent' }));
  const performed = await Promise.all(
    [...ids].map(async ([id, ms]) => ({ ms, events: (await history.trace(id)).length })),
  );
  await history.close();
  await database.stop();
  return performed;
}

/** Milliseconds of processor time in this process, for one event from the call to the commit. */
async function measureEvent(home: string): Promise<number> {
  const database = await startEmbeddedPostgres(join(home, 'postgres'));
  const store = await createStore({
    databaseUrl: database.url,
    lease: { assertHeld: () => Promise.resolve() },
    log: pino({ level: 'silent' }),
  });
  const traces = createTraces({
    store: store.traces,
    collector: null,
    clock: { now: () => new Date().toISOString() },
    mask: (text) => text,
    onDropped: (sink, count) => console.error(`${count} events for the ${sink} were dropped`),
  });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    for (let number = 0; number < EVENTS; number += 1) {
      traces.record({
        trace: `run-${round}`,
        agent: 'implementer',
        step: 'implementation',
        attempt: 1,
        call: null,
        happened: { type: 'tool_called', tool: 'run', ok: true, ms: number },
      });
    }
    await traces.drain();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000 / EVENTS);
  }
  await store.close();
  await database.stop();
  return median(times);
}
