import { spawn } from 'node:child_process';
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

/** Runs a program in a group of its own, all of which is killed at its end or at the time limit. */
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
        resolve({ code, timedOut, output: output.read() });
      });
    });
  });
}

function endAll(leader: number | undefined): void {
  if (leader !== undefined) {
    kill(-leader);
  }
  if (ALONE) {
    kill(EVERYBODY);
  }
}

function kill(target: number): void {
  try {
    process.kill(target, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}
