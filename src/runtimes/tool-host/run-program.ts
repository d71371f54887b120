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
      killGroup(child.pid);
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      killGroup(child.pid);
      const drain = setTimeout(() => streams.forEach((stream) => stream.destroy()), DRAIN_MS);
      child.once('close', (code) => {
        clearTimeout(drain);
        resolve({ code, timedOut, output: output.read() });
      });
    });
  });
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) {
    return;
  }
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}
