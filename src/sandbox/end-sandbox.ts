import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { toBubblewrapStatus } from './bubblewrap-status.ts';
import { listDescendants } from './list-descendants.ts';

/** How long bubblewrap may take to tell its first process, and to end with it. */
const PATIENCE_MS = 800;
/** The kernel needs milliseconds to end a sandbox, and seconds when thousands of processes are in it and little is free. */
const COLLAPSE_MS = 30_000;
const POLL_MS = 1;

/**
 * Ends a sandbox through its first process: the kernel ends every other one with it. Bubblewrap itself is left alone
 * until it has told which process that is, because killed too early it leaves the first process behind. When it takes
 * too long for that, on a busy machine, what it has started is looked for.
 */
export function killSandbox(child: ChildProcess, status: () => string): void {
  function attempt(): void {
    const { childPid } = toBubblewrapStatus(status());
    if (childPid !== null) {
      kill(childPid);
      clearInterval(retry);
    }
  }
  const retry = setInterval(attempt, POLL_MS);
  const fallback = setTimeout(() => void killAll(child), PATIENCE_MS);
  child.once('exit', () => {
    clearInterval(retry);
    clearTimeout(fallback);
  });
  attempt();
}

/** Kills a process after all that it has started: stopped meanwhile, it starts nobody else. */
async function killAll(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) {
    return;
  }
  child.kill('SIGSTOP');
  const started = listDescendants(pid);
  started.forEach(kill);
  const deadline = performance.now() + COLLAPSE_MS;
  while (started.some(isAlive) && performance.now() < deadline) {
    await wait(POLL_MS);
  }
  child.kill('SIGKILL');
}

/**
 * Waits for the end of a sandbox. Bubblewrap ends as soon as the command has; the rest of the sandbox is killed just
 * after that, and its first process is the last to go. Rejects when something in it cannot be ended.
 */
export async function untilCollapsed(_: ChildProcess, status: () => string): Promise<void> {
  const { childPid } = toBubblewrapStatus(status());
  if (childPid === null) {
    return;
  }
  const deadline = performance.now() + COLLAPSE_MS;
  while (isAlive(childPid)) {
    if (performance.now() > deadline) {
      throw new Error(
        `A sandbox has not ended ${COLLAPSE_MS / 1000} s after it was killed. Look at process ${childPid} and what it started.`,
      );
    }
    await wait(POLL_MS);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Whether a process does anything yet; one that is only waiting to be collected (Z) does not. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}
