import { EventEmitter } from 'node:events';
import { PassThrough, Readable, type Writable } from 'node:stream';
import type { CommandResult } from '../../domain/evidence.ts';
import type { SandboxedProcess } from '../../ports/sandbox.ts';

/** What the SDK asks for: its program with these arguments and this environment. */
export interface Spawning {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A process as the SDK wants it. */
interface Spawned {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly killed: boolean;
  readonly exitCode: number | null;
  kill(): boolean;
  on(event: string, listener: (...args: unknown[]) => void): void;
  once(event: string, listener: (...args: unknown[]) => void): void;
  off(event: string, listener: (...args: unknown[]) => void): void;
}

export type SpawnInside = (spawning: Spawning) => Spawned;

/** Makes a process in the sandbox look like one that Node has started. `start` is called at once. */
export function spawnInside(start: () => Promise<SandboxedProcess>): Spawned {
  const starting = start();
  const events = new EventEmitter();
  const state: { killed: boolean; exitCode: number | null } = { killed: false, exitCode: null };
  const stdin = new PassThrough();
  // What keeps it from being started is told below.
  passOn(stdin, starting).catch(() => undefined);
  starting
    .then((process) => process.ended)
    .then((result) => {
      state.exitCode = toExitCode(result);
      events.emit('exit', state.exitCode, null);
    })
    .catch((error: unknown) => void (events.listenerCount('error') > 0 && events.emit('error', error)));
  return {
    stdin,
    stdout: Readable.from(readOutput(starting)),
    get killed() {
      return state.killed;
    },
    get exitCode() {
      return state.exitCode;
    },
    kill() {
      state.killed = true;
      stdin.end();
      return true;
    },
    on: (event, listener) => void events.on(event, listener),
    once: (event, listener) => void events.once(event, listener),
    off: (event, listener) => void events.off(event, listener),
  };
}

/** Passes on whole lines. A program that nobody writes to any more is not waited for. */
async function passOn(input: PassThrough, starting: Promise<SandboxedProcess>): Promise<void> {
  const process = await starting;
  let open = '';
  for await (const chunk of input.setEncoding('utf8')) {
    const lines = (open + String(chunk)).split('\n');
    open = lines.pop() ?? '';
    for (const line of lines) {
      process.send(line);
    }
  }
  await process.end();
}

async function* readOutput(starting: Promise<SandboxedProcess>): AsyncGenerator<string> {
  for await (const line of (await starting).lines) {
    yield `${line}\n`;
  }
}

function toExitCode(result: CommandResult): number {
  return result.kind === 'exited' ? result.code : 1;
}
