import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from './end-sandbox.ts';
import { listDescendants } from './list-descendants.ts';
import type { ProcessRequest } from './start-process.ts';

const LONGEST_END_MS = 500;
const POLL_MS = 5;
const FREEZING_ROUNDS = 10;

/**
 * Ends the whole group and waits for it, and when it is killed also for those it has started in groups of their own. A
 * process that left the group on purpose can live on: hence the name "open".
 */
export function createGroupEnd(): Pick<ProcessRequest, 'kill' | 'sweep'> {
  let strays: readonly number[] = [];
  return {
    kill({ pid }) {
      // Once it is dead, nobody can tell whose they were.
      strays = pid === undefined ? [] : freezeDescendants(pid);
      signalGroup(pid, 'SIGKILL');
      strays.forEach((stray) => send(stray, 'SIGKILL'));
    },
    async sweep({ pid }) {
      for (let waited = 0; waited < LONGEST_END_MS; waited += POLL_MS) {
        if (!signalGroup(pid, 'SIGKILL') && !strays.some(isAlive)) {
          return;
        }
        await wait(POLL_MS);
      }
    },
  };
}

/** Stops a group and all that came from it, until no more of them appear: who is stopped starts nobody. */
function freezeDescendants(root: number): readonly number[] {
  signalGroup(root, 'SIGSTOP');
  const frozen = new Set<number>();
  for (let round = 0; round < FREEZING_ROUNDS; round += 1) {
    const found = listDescendants(root).filter((pid) => !frozen.has(pid));
    if (found.length === 0) {
      break;
    }
    for (const pid of found) {
      frozen.add(pid);
      send(pid, 'SIGSTOP');
    }
  }
  return [...frozen];
}

/** Whether there was still somebody to hear it. */
function signalGroup(leader: number | undefined, signal: NodeJS.Signals): boolean {
  return leader !== undefined && send(-leader, signal);
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
