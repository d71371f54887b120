import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { isDying } from './is-dying.ts';
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

/** How long a group may stay that nobody collects, and for how long a busy machine may give no time to die in. */
const LONGEST_END_MS = 500;
const LONGEST_DYING_MS = 30_000;
/** A look may read all that `/proc` has, so not every one is as soon as the first. */
const LOOK_MS = 2;
const LONGEST_PAUSE_MS = 50;

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
    function expire(): void {
      if (child.exitCode === null && child.signalCode === null) {
        timedOut = true;
        endAll(child.pid);
      }
    }
    // That it ended while this process was busy is heard before the immediate.
    const timer = setTimeout(() => setImmediate(expire), timeoutMs);
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
  const begun = performance.now();
  for (let pause = LOOK_MS; endAll(leader); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    if (performance.now() - begun > longest(leader)) {
      return;
    }
    await wait(pause);
  }
}

function longest(leader: number | undefined): number {
  return isDying(ALONE ? null : (leader ?? 0)) ? LONGEST_DYING_MS : LONGEST_END_MS;
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
