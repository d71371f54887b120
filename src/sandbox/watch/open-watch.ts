import { setTimeout as wait } from 'node:timers/promises';
import type { SandboxLimits } from '../../domain/sandbox-limits.ts';
import { toBubblewrapStatus } from '../bubblewrap-status.ts';
import { type Excess, toExcess } from '../excess.ts';
import type { Guard, OpenGuard } from '../guard.ts';
import { findCrowd } from './find-crowd.ts';
import { createTreeWatch, type TreeWatched } from './tree-watch.ts';
import type { Volume } from './volume.ts';

/** Short enough that a fork bomb is ended while the machine still answers. */
const LOOK_EVERY_MS = 100;

/** What is watched. */
export interface Watched {
  /** The directories that it may write to, the tree among them; together they must not become too large. */
  readonly written: readonly string[];
  readonly limits: SandboxLimits;
  /** What was left on their volume before the command began; null when unknown. */
  readonly before: Volume | null;
}

/**
 * Looks again and again at what a sandbox uses as a whole: processes, memory, the size of its tree. It takes the place
 * of control groups where there are none, and of quotas, which hardly any machine has.
 */
export function toWatch({ written, limits, before }: Watched): OpenGuard {
  return (started) => {
    function firstPid(): number | null {
      return toBubblewrapStatus(started.status()).childPid;
    }
    return openWatch({ written, limits, before, firstPid }, () => started.end());
  };
}

/** Processes and the tree are looked at apart: while a large tree is counted, there is time for many forks. */
function openWatch({ written, limits, before, firstPid }: TreeWatched, end: () => void): Guard {
  const closing = new AbortController();
  const { signal } = closing;
  const treeWatch =
    written.length === 0 ? null : createTreeWatch({ written, limits, before, firstPid }, signal);
  let over: Excess['limit'] | null = null;

  async function watch(look: () => Excess['limit'] | null | Promise<Excess['limit'] | null>): Promise<void> {
    while (over === null && !signal.aborted) {
      await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
      const found = signal.aborted ? null : await look();
      over ??= found;
      if (found !== null && !signal.aborted) {
        end();
      }
    }
  }
  function lookAtProcesses(): 'processes' | 'memory' | null {
    const pid = firstPid();
    return pid === null ? null : findCrowd(pid, limits);
  }
  const watching = [watch(lookAtProcesses), ...(treeWatch === null ? [] : [watch(() => treeWatch.look())])];
  return {
    async close(work) {
      closing.abort();
      await Promise.all(watching);
      if (work === 'complete') {
        over ??= (await treeWatch?.lookLast()) ?? null;
      }
      return over === null ? null : toExcess(over, limits);
    },
  };
}
