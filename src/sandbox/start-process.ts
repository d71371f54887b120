import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Excess } from './excess.ts';
import type { Guard, OpenGuard } from './guard.ts';

export interface ProcessRequest {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Given to the process on descriptor 3; it then reports its state on descriptor 4. */
  readonly control?: string;
  /** Ends the process and all that came from it. `status` tells what it has reported so far. */
  kill(child: ChildProcess, status: () => string): void;
  /** Called when the process has ended, however: resolves when nothing that came from it is alive. */
  sweep(child: ChildProcess, status: () => string): Promise<void>;
  readonly guards: readonly OpenGuard[];
  readonly onStarted?: ((pid: number) => void) | undefined;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly kind: 'exited' | 'timed-out';
  /** The limit that it went over, whatever it ended by; null for none. */
  readonly excess: Excess | null;
  readonly code: number;
  readonly durationMs: number;
  /** What it reported on descriptor 4. */
  readonly status: string;
}

export interface StartedProcess {
  readonly child: ChildProcess;
  /** Rejects when the program cannot be started. */
  readonly ended: Promise<ProcessEnd>;
  readonly kill: () => void;
}

/** How long an output may stay open after the process has ended: somebody else holds it. */
const DRAIN_MS = 500;

/** Starts a process that the time limit and the signal end. Who calls this reads its output. */
export function startProcess(request: ProcessRequest, signal: AbortSignal): StartedProcess {
  const startedMs = performance.now();
  const child = spawnDetached(request);
  if (child.pid !== undefined) {
    request.onStarted?.(child.pid);
  }
  const status = collectStatus(child);
  const state = { timedOut: false };
  function kill(): void {
    // Its number may belong to another process once it has ended.
    if (child.exitCode === null && child.signalCode === null) {
      request.kill(child, status);
    }
  }
  const timer = setTimeout(() => {
    state.timedOut = true;
    kill();
  }, request.timeoutMs);
  signal.addEventListener('abort', kill, { once: true });
  const guards = request.guards.map((open) => open({ status, end: kill }));
  async function end(): Promise<ProcessEnd> {
    try {
      const code = await untilEnded(child, () => request.sweep(child, status));
      const excess = await closeAll(guards);
      const kind = state.timedOut ? 'timed-out' : 'exited';
      return { kind, excess, code, durationMs: performance.now() - startedMs, status: status() };
    } catch (error) {
      await closeAll(guards);
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
    }
  }
  return { child, ended: end(), kill };
}

/** What the first of them has found. */
async function closeAll(guards: readonly Guard[]): Promise<Excess | null> {
  const found = await Promise.all(guards.map((guard) => guard.close()));
  return found.find((excess) => excess !== null) ?? null;
}

/** In a group of its own, so that all of it can be ended at once. */
function spawnDetached({
  argv: [program, ...args],
  cwd,
  environment,
  control,
}: ProcessRequest): ChildProcess {
  const child = spawn(program, args, {
    cwd,
    env: { ...environment },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', ...(control === undefined ? [] : (['pipe', 'pipe'] as const))],
  });
  // A process need not read what it is given.
  child.stdin?.on('error', () => undefined);
  const channel = child.stdio[3];
  if (control !== undefined && channel !== null && channel !== undefined && 'end' in channel) {
    channel.on('error', () => undefined);
    channel.end(control);
  }
  return child;
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
