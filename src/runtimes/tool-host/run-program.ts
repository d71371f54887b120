import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { createOutput } from './output.ts';

/** How a program ended; `code` is null when it was killed. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly timedOut: boolean;
  readonly output: string;
}

/** How long an output may stay open after the program has ended: somebody else holds it. */
const DRAIN_MS = 300;

/** What the system takes for all processes but the first and the one that asks. */
const EVERYBODY = -1;
/**
 * Whether there is nobody here but us and what we start, as in a sandbox with its own processes: a child of its first
 * one, and told so. Then nothing that a program leaves behind can listen in on what the tools say later.
 */
const ALONE = process.argv.includes('--alone') && process.ppid === 1;

/**
 * How long it may take until nobody is left. A sandbox collects its dead, and a process that waits for a disk dies
 * late; elsewhere it may be that nobody collects them.
 */
const GONE_MS = ALONE ? 5000 : 500;
const LOOK_MS = 2;

/**
 * Runs a program in a group of its own, all of which is killed at its end or at the time limit, and is gone when this
 * answers: who is killed does no more, but holds its files and its memory until it has been given its turn to die.
 */
export function runProgram(
  argv: readonly [string, ...string[]],
  { cwd, timeoutMs }: { readonly cwd: string; readonly timeoutMs: number },
): Promise<ProgramEnd> {
  const [program, ...args] = argv;
  const child = spawn(program, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = createOutput();
  const streams = [child.stdout, child.stderr];
  for (const stream of streams) {
    stream.on('data', (chunk: Buffer) => output.add(chunk));
  }
  return new Promise((resolve, reject) => {
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      endAll(child.pid);
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      endAll(child.pid);
      // What came while this process was busy is read before the immediate.
      const drain = setTimeout(
        () => setImmediate(() => streams.forEach((stream) => stream.destroy())),
        DRAIN_MS,
      );
      child.once('close', (code) => {
        clearTimeout(drain);
        resolve(untilGone(child.pid).then(() => ({ code, timedOut, output: output.read() })));
      });
    });
  });
}

async function untilGone(leader: number | undefined): Promise<void> {
  for (let waited = 0; endAll(leader) && waited < GONE_MS; waited += LOOK_MS) {
    await wait(LOOK_MS);
  }
}

/** Whether there was somebody to end. */
function endAll(leader: number | undefined): boolean {
  const group = leader !== undefined && kill(-leader);
  return (ALONE && kill(EVERYBODY)) || group;
}

/** Whether anybody of the target is left, who may have been killed before. */
function kill(target: number): boolean {
  try {
    return process.kill(target, 'SIGKILL');
  } catch {
    return false;
  }
}
