import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { closeOutputs } from './close-outputs.ts';
import type { Excess } from './excess.ts';
import type { Guard, OpenGuard } from './guard.ts';
import { toStdio } from './inherited-descriptors.ts';

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

/** Starts a process that the time limit and the signal end. Who calls this reads its output. */
export function startProcess(request: ProcessRequest, signal: AbortSignal): StartedProcess {
  const startedMs = performance.now();
  const child = spawnDetached(request);
  if (child.pid !== undefined) {
    request.onStarted?.(child.pid);
  }
  const status = collectStatus(child);
  const state = { timedOut: false, cut: false };
  /** Its number may belong to another process once it has ended. */
  function isRunning(): boolean {
    return child.exitCode === null && child.signalCode === null;
  }
  function kill(): void {
    if (isRunning()) {
      state.cut = true;
      request.kill(child, status);
    }
  }
  const timer = setTimeout(() => {
    // What is left to do for one that has ended may take longer than its time.
    state.timedOut = isRunning();
    kill();
  }, request.timeoutMs);
  signal.addEventListener('abort', kill, { once: true });
  const guards = request.guards.map((open) => open({ status, end: kill }));
  async function end(): Promise<ProcessEnd> {
    try {
      const code = await untilEnded(
        child,
        () => request.sweep(child, status),
        () => state.cut,
      );
      const durationMs = performance.now() - startedMs;
      const kind = state.timedOut ? 'timed-out' : 'exited';
      const excess = await closeAll(guards, state.timedOut || signal.aborted ? 'given-up' : 'complete');
      return { kind, excess, code, durationMs, status: status() };
    } catch (error) {
      await closeAll(guards, 'given-up');
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
    }
  }
  return { child, ended: end(), kill };
}

/** What the first of them has found. */
async function closeAll(
  guards: readonly Guard[],
  work: Parameters<Guard['close']>[0],
): Promise<Excess | null> {
  const found = await Promise.all(guards.map((guard) => guard.close(work)));
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
    stdio: toStdio(control === undefined ? 3 : 5),
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
function untilEnded(child: ChildProcess, sweep: () => Promise<void>, isCut: () => boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, killedBy) => {
      const swept = sweep();
      closeOutputs(child, isCut());
      child.once('close', () => {
        swept.then(() => resolve(code ?? 128 + constants.signals[killedBy ?? 'SIGKILL']), reject);
      });
    });
  });
}
