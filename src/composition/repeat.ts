import type { Log } from '../ports/log.ts';

/** Work that is done again and again until it is stopped. */
export interface Repetition {
  stop(): void;
}

interface Rhythm {
  /** What the log calls it. */
  readonly chore: string;
  readonly everyMs: number;
  /** Does it for the first time now, and not only when the first while is over. */
  readonly atOnce?: boolean;
  readonly log: Log;
}

/**
 * Does `work` every so often, one at a time. What fails is logged and done again the next time. A stop does not wait for
 * work under way, which may hang; that it fails then, for what it stands on is closed, is nothing to warn of.
 */
export function repeat(
  work: () => Promise<void>,
  { chore, everyMs, log, atOnce = false }: Rhythm,
): Repetition {
  let busy = false;
  let stopped = false;
  async function turn(): Promise<void> {
    if (busy) {
      return;
    }
    busy = true;
    try {
      await work();
    } catch (error) {
      if (stopped) {
        log.debug({ error, chore }, 'a regular chore was cut short by the stop');
      } else {
        log.warn({ error, chore }, 'a regular chore failed; it will be tried again');
      }
    } finally {
      busy = false;
    }
  }
  if (atOnce) {
    void turn();
  }
  const timer = setInterval(() => void turn(), everyMs);
  return {
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
