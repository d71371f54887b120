import type { Clock } from '../../ports/clock.ts';
import type { Fetch } from './fetch-github.ts';

/** GitHub's time. What people do there is stamped with it, and this machine's clock may be minutes off. */
export interface HostClock extends Clock {
  /** The same `fetch`; the clock learns from the answers. */
  listen(fetch: Fetch): Fetch;
}

/** The `Date` of an answer is a whole second: the one that had begun. */
const RESOLUTION_MS = 1_000;

/**
 * The machine's time for as long as it agrees with what GitHub says. When it does not it is corrected, and rather too
 * early than too late: nobody can answer a question before it is asked.
 */
export function createHostClock(machine: Clock): HostClock {
  let aheadMs = 0;

  function machineMs(): number {
    return Date.parse(machine.now());
  }

  function hear(date: string | null, sentMs: number): void {
    const toldMs = Date.parse(date ?? '');
    if (Number.isNaN(toldMs)) {
      return;
    }
    const most = machineMs() - toldMs;
    const least = sentMs - toldMs - RESOLUTION_MS;
    if (aheadMs > most || aheadMs < least) {
      aheadMs = most;
    }
  }

  return {
    now: () => new Date(machineMs() - aheadMs).toISOString(),
    listen: (fetch) =>
      async function fetchAndHear(url, options) {
        const sentMs = machineMs();
        const response = await fetch(url, options);
        hear(response.headers.get('date'), sentMs);
        return response;
      },
  };
}
