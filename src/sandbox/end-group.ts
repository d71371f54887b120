import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from './end-sandbox.ts';
import { freezeDescendants } from './freeze-descendants.ts';
import { sendSignal } from './send-signal.ts';
import type { ProcessRequest } from './start-process.ts';

/** For the group: it stays as long as nobody collects its dead. */
const LONGEST_END_MS = 500;
/** For what was killed apart from it, which a busy machine gives no time to die in for a while. */
const LONGEST_DYING_MS = 30_000;
const POLL_MS = 5;

/**
 * Ends the whole group and waits for it, and when it is killed also for those it has started in groups of their own. A
 * process that left the group on purpose can live on: hence the name "open".
 */
export function createGroupEnd(): Pick<ProcessRequest, 'kill' | 'sweep'> {
  // Kept from one kill to the next: once the process is dead, nobody can tell whose they were.
  const strays = new Set<number>();
  return {
    kill({ pid }) {
      signalGroup(pid, 'SIGSTOP');
      const found = pid === undefined ? [] : freezeDescendants(pid);
      signalGroup(pid, 'SIGKILL');
      for (const stray of found) {
        strays.add(stray);
        sendSignal(stray, 'SIGKILL');
      }
    },
    async sweep({ pid }) {
      await waitWhile(() => signalGroup(pid, 'SIGKILL'), LONGEST_END_MS);
      await waitWhile(() => [...strays].some(isAlive), LONGEST_DYING_MS);
    },
  };
}

async function waitWhile(isSo: () => boolean, longestMs: number): Promise<void> {
  for (let waited = 0; waited < longestMs && isSo(); waited += POLL_MS) {
    await wait(POLL_MS);
  }
}

/** Whether there was still somebody to hear it. */
function signalGroup(leader: number | undefined, signal: NodeJS.Signals): boolean {
  return leader !== undefined && sendSignal(-leader, signal);
}
