import type { SandboxLimits } from '../../domain/sandbox-limits.ts';
import { toBubblewrapStatus } from '../bubblewrap-status.ts';
import { type Excess, toExcess } from '../excess.ts';
import type { Guard, OpenGuard } from '../guard.ts';
import { findCrowd } from './find-crowd.ts';
import { createTreeWatch } from './tree-watch.ts';

/** Short enough that a fork bomb is ended while the machine still answers. */
const LOOK_EVERY_MS = 100;

/** What is watched. */
export interface Watched {
  /** The directories that it may write to, the tree among them; together they must not become too large. */
  readonly written: readonly string[];
  readonly limits: SandboxLimits;
}

/**
 * Looks again and again at what a sandbox uses as a whole: processes, memory, the size of its tree. It takes the place
 * of control groups where there are none, and of quotas, which hardly any machine has.
 */
export function toWatch({ written, limits }: Watched): OpenGuard {
  return (started) => {
    function firstPid(): number | null {
      return toBubblewrapStatus(started.status()).childPid;
    }
    return openWatch({ written, limits, firstPid }, () => started.end());
  };
}

interface Watching extends Watched {
  /** Process id, on the host, of the sandbox's first process; null until it is known. */
  readonly firstPid: () => number | null;
}

function openWatch({ written, limits, firstPid }: Watching, end: () => void): Guard {
  const closing = new AbortController();
  const treeWatch = written.length === 0 ? null : createTreeWatch(written, limits, closing.signal);
  let over: Excess['limit'] | null = null;
  let timer = setTimeout(look, LOOK_EVERY_MS);
  let looking: Promise<void> = Promise.resolve();

  function look(): void {
    looking = lookOnce();
  }
  async function lookOnce(): Promise<void> {
    const pid = firstPid();
    over ??= (pid === null ? null : findCrowd(pid, limits)) ?? (await treeWatch?.look()) ?? null;
    if (closing.signal.aborted) {
      return;
    }
    if (over === null) {
      timer = setTimeout(look, LOOK_EVERY_MS);
    } else {
      end();
    }
  }
  return {
    async close() {
      clearTimeout(timer);
      closing.abort();
      await looking;
      over ??= (await treeWatch?.lookLast()) ?? null;
      return over === null ? null : toExcess(over, limits);
    },
  };
}
