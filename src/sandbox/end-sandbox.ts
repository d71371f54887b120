import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { toBubblewrapStatus } from './bubblewrap-status.ts';

/** How long the end of a sandbox may take; the kernel needs a few milliseconds. */
const COLLAPSE_MS = 800;
const POLL_MS = 1;

/**
 * Ends a sandbox through its first process: the kernel ends every other one with it. Bubblewrap itself is left alone
 * until it has told which process that is, because killed too early it leaves the first process behind.
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
  const fallback = setTimeout(() => child.kill('SIGKILL'), COLLAPSE_MS);
  child.once('exit', () => {
    clearInterval(retry);
    clearTimeout(fallback);
  });
  attempt();
}

/**
 * Waits for the end of a sandbox. Bubblewrap ends as soon as the command has; the rest of the sandbox is killed just
 * after that.
 */
export async function untilCollapsed(_: ChildProcess, status: () => string): Promise<void> {
  const { childPid } = toBubblewrapStatus(status());
  if (childPid === null) {
    return;
  }
  for (let waited = 0; waited < COLLAPSE_MS && isAlive(childPid); waited += POLL_MS) {
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
