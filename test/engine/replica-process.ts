import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Durable } from '../../src/ports/durable.ts';
import type { StartRequest } from '../../src/ports/engine.ts';

/** One replica of a test, in a process of its own; `replica.ts` speaks to it. */

/** What a test workflow does, one after the other. */
export type Instruction =
  | { readonly kind: 'step'; readonly name: string; readonly ms: number }
  | { readonly kind: 'call'; readonly name: string; readonly ms: number; readonly role: string }
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
    | 'returned'
    | 'ended'
    | 'lost'
    | 'held'
    | 'not-held';
  readonly name: string;
  readonly value?: unknown;
}

export interface ReplicaSettings {
  readonly databaseUrl: string;
  readonly journal: string;
  readonly limits: { readonly calls: number; readonly callsPerRole: number };
  readonly drainMs: number;
}

export type Request =
  | { readonly kind: 'start'; readonly request: StartRequest }
  | { readonly kind: 'send'; readonly id: string; readonly message: unknown; readonly key: string }
  | { readonly kind: 'abort'; readonly id: string }
  | { readonly kind: 'assert-held' }
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

async function work(
  run: string,
  { name, ms }: { name: string; ms: number },
  signal: AbortSignal,
): Promise<string> {
  note(run, 'begin', { name });
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    note(run, 'aborted', { name });
    throw error;
  }
  note(run, 'done', { name });
  return name;
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
    const { run, instruction } = input as { run: string; instruction: { name: string; ms: number } };
    return work(run, instruction, signal);
  },
  limits: settings.limits,
  drainMs: settings.drainMs,
  onLeaseLost() {
    // A real process exits here; this one stays, to show that it does nothing more.
    note('', 'lost', { name: 'lease' });
  },
});

async function obey(request: Request): Promise<void> {
  switch (request.kind) {
    case 'start':
      return running.engine.start(request.request);
    case 'send':
      return running.engine.send(request.id, request.message, request.key);
    case 'abort':
      return running.engine.abort(request.id);
    case 'assert-held':
      return running.lease.assertHeld();
    case 'stop':
      return running.stop();
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
