import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Durable } from '../../src/ports/durable.ts';
import type { StartRequest } from '../../src/ports/engine.ts';
import { FOR_EVER_MS } from './for-ever-ms.ts';
import { find } from './journal.ts';

/** One replica of a test, in a process of its own; `replica.ts` speaks to it. */

interface Work {
  readonly name: string;
  readonly ms: number;
  /** It is not over before so many have begun in runs whose ids begin like that. */
  readonly meet?: readonly { readonly runs: string; readonly count: number }[];
}

/** What a test workflow does, one after the other. */
export type Instruction =
  | (Work & { readonly kind: 'step' })
  | (Work & { readonly kind: 'call'; readonly role: string })
  | { readonly kind: 'receive'; readonly waitMs: number | null }
  | { readonly kind: 'sleep'; readonly ms: number };

/** One line of the journal. */
export interface Entry {
  readonly at: number;
  readonly pid: number;
  readonly run: string;
  readonly what:
    | 'begin'
    | 'done'
    | 'aborted'
    | 'received'
    | 'taken-back'
    | 'unanswered'
    | 'returned'
    | 'ended'
    | 'lost'
    | 'held'
    | 'not-held'
    | 'rested';
  readonly name: string;
  readonly value?: unknown;
}

export interface ReplicaSettings {
  readonly databaseUrl: string;
  readonly journal: string;
  readonly limits: { readonly calls: number; readonly callsPerRole: number };
  readonly drainMs: number;
  /** The step that never ends in this process, so that whatever is done to it falls into the middle of that step. */
  readonly hangsIn?: string;
  readonly pollMs?: number;
}

export type Request =
  | { readonly kind: 'start'; readonly request: StartRequest }
  | { readonly kind: 'send'; readonly id: string; readonly message: unknown; readonly key: string }
  | { readonly kind: 'take-back'; readonly id: string; readonly key: string }
  | { readonly kind: 'unanswered'; readonly id: string }
  | { readonly kind: 'abort'; readonly id: string }
  | { readonly kind: 'assert-held' }
  | { readonly kind: 'rest'; readonly ms: number }
  | { readonly kind: 'cut-short' }
  | { readonly kind: 'stop' };

interface Script {
  readonly run: string;
  readonly instructions: readonly Instruction[];
}

const settings = JSON.parse(process.argv[2] ?? '') as ReplicaSettings;

function note(run: string, what: Entry['what'], named: Pick<Entry, 'name' | 'value'>): void {
  const entry: Entry = { at: Date.now(), pid: process.pid, run, what, ...named };
  appendFileSync(settings.journal, `${JSON.stringify(entry)}\n`);
}

async function work(run: string, { name, ms, meet = [] }: Work, signal: AbortSignal): Promise<string> {
  note(run, 'begin', { name });
  try {
    await delay(name === settings.hangsIn ? FOR_EVER_MS : ms, undefined, { signal });
    while (!meet.every(({ runs, count }) => countBegun(runs) >= count)) {
      await delay(5, undefined, { signal });
    }
  } catch (error) {
    note(run, 'aborted', { name });
    throw error;
  }
  note(run, 'done', { name });
  return name;
}

function countBegun(runs: string): number {
  return find(settings.journal, { what: 'begin' }).filter(({ run }) => run.startsWith(runs)).length;
}

async function follow(run: string, instruction: Instruction, durable: Durable): Promise<void> {
  switch (instruction.kind) {
    case 'step': {
      const end = await durable.step(instruction.name, (signal) =>
        work(run, instruction, signal).catch((error: Error) => error.name),
      );
      return note(run, 'returned', { name: instruction.name, value: end });
    }
    case 'call': {
      const { name, role } = instruction;
      const [end] = await durable.callAll([
        { name, input: { run, instruction }, limits: { role, repository: '1' } },
      ]);
      return note(run, 'returned', { name, value: end });
    }
    case 'receive':
      return note(run, 'received', { name: 'message', value: await durable.receive(instruction.waitMs) });
    case 'sleep':
      return durable.sleep(instruction.ms);
  }
}

async function perform(input: unknown, durable: Durable): Promise<void> {
  const { run, instructions } = input as Script;
  for (const instruction of instructions) {
    await follow(run, instruction, durable);
  }
  note(run, 'ended', { name: 'run' });
}

const running = await createEngine({
  databaseUrl: settings.databaseUrl,
  log: { debug() {}, info() {}, warn() {}, error: (fields, message) => console.error(message, fields) },
  workflows: { run: { perform, partitioned: true }, delivery: { perform }, few: { perform, concurrency: 2 } },
  procedure(input, signal) {
    const { run, instruction } = input as { run: string; instruction: Work };
    return work(run, instruction, signal);
  },
  limits: settings.limits,
  drainMs: settings.drainMs,
  ...(settings.pollMs === undefined ? {} : { pollMs: settings.pollMs }),
  onLeaseLost() {
    // A real process exits here; this one stays, to show that it does nothing more.
    note('', 'lost', { name: 'lease' });
  },
});

/** How often the event loop has turned: for each timer, and for each answer of the database. */
function countTurns(): number {
  return performance.nodeTiming.uvMetricsInfo.loopCount;
}

async function obey(request: Request): Promise<void> {
  switch (request.kind) {
    case 'start':
      return running.engine.start(request.request);
    case 'send':
      return running.engine.send(request.id, request.message, request.key);
    case 'take-back':
      return note(request.id, 'taken-back', {
        name: request.key,
        value: await running.engine.takeBack(request.id, request.key),
      });
    case 'unanswered': {
      const value = await running.engine.unanswered(request.id, { name: 'answer', result: 'answer' });
      return note(request.id, 'unanswered', { name: 'mailbox', value });
    }
    case 'abort':
      return running.engine.abort(request.id);
    case 'assert-held':
      return running.lease.assertHeld();
    case 'rest': {
      const before = countTurns();
      await delay(request.ms);
      return note('', 'rested', { name: 'turns', value: countTurns() - before });
    }
    case 'cut-short':
      return running.cutShort();
    case 'stop': {
      const stopped = running.stop();
      note('stopping', 'begin', { name: 'stop' });
      return stopped;
    }
  }
}

process.on('message', ({ number, request }: { number: number; request: Request }) => {
  void obey(request)
    .then(
      () => process.send?.({ number, error: null }),
      (error: Error) => process.send?.({ number, error: `${error.name}: ${error.message}` }),
    )
    .then(() => request.kind === 'stop' && process.disconnect());
});
process.send?.({ number: 0, error: null });
