import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createCappedOutput } from './capped-output.ts';

export interface ProcessRequest {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin: string | undefined;
  readonly timeoutMs: number;
  /** Given to the process on descriptor 3; it then reports its state on descriptor 4. */
  readonly control?: string;
  /** Ends the process and all that came from it. `status` tells what it has reported so far. */
  kill(child: ChildProcess, status: () => string): void;
  /** Called when the process has ended, however: resolves when nothing that came from it is alive. */
  sweep(child: ChildProcess, status: () => string): Promise<void>;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly kind: 'exited' | 'timed-out';
  readonly code: number;
  readonly output: string;
  readonly durationMs: number;
  /** What it reported on descriptor 4. */
  readonly status: string;
}

const MAX_OUTPUT_BYTES = 256 * 1024;
/** How long an output may stay open after the process has ended: somebody else holds it. */
const DRAIN_MS = 500;

/**
 * Runs one process to its end, its time limit or the signal.
 * @throws AbortError on the signal; Error when the program cannot be started.
 */
export async function runProcess(request: ProcessRequest, signal: AbortSignal): Promise<ProcessEnd> {
  throwIfAborted(signal);
  const started = performance.now();
  const child = start(request);
  const output = collectOutput(child);
  const status = collectStatus(child);
  const state = { timedOut: false };
  function kill(): void {
    request.kill(child, status);
  }
  const timer = setTimeout(() => {
    state.timedOut = true;
    kill();
  }, request.timeoutMs);
  signal.addEventListener('abort', kill, { once: true });
  try {
    const code = await untilEnded(child, () => request.sweep(child, status));
    throwIfAborted(signal);
    return {
      kind: state.timedOut ? 'timed-out' : 'exited',
      code,
      output: output(),
      durationMs: performance.now() - started,
      status: status(),
    };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', kill);
  }
}

function start({ argv: [program, ...args], cwd, environment, stdin, control }: ProcessRequest): ChildProcess {
  const child = spawn(program, args, {
    cwd,
    env: { ...environment },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', ...(control === undefined ? [] : (['pipe', 'pipe'] as const))],
  });
  // A process need not read what it is given.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(stdin ?? '');
  const channel = child.stdio[3];
  if (control !== undefined && channel !== null && channel !== undefined && 'end' in channel) {
    channel.on('error', () => undefined);
    channel.end(control);
  }
  return child;
}

function collectOutput(child: ChildProcess): () => string {
  const output = createCappedOutput(MAX_OUTPUT_BYTES);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => output.add(chunk));
  }
  return () => output.read();
}

function collectStatus(child: ChildProcess): () => string {
  const status: string[] = [];
  child.stdio[4]?.on('data', (chunk: Buffer) => status.push(chunk.toString()));
  return () => status.join('');
}

/** The exit code, as a shell would give it, when the process has ended and its output is complete. */
function untilEnded(child: ChildProcess, sweep: () => Promise<void>): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, killedBy) => {
      const swept = sweep();
      const drain = setTimeout(() => {
        for (const stream of child.stdio) {
          stream?.destroy();
        }
      }, DRAIN_MS);
      child.once('close', () => {
        clearTimeout(drain);
        swept.then(() => resolve(code ?? 128 + constants.signals[killedBy ?? 'SIGKILL']), reject);
      });
    });
  });
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new DOMException('The command in the sandbox was stopped.', 'AbortError');
  }
}
