import type { Log } from '../ports/log.ts';

/** Work that is done again and again until it is stopped. */
export interface Repetition {
  stop(): void;
}

interface Rhythm {
  readonly everyMs: number;
  /** Does it for the first time now, and not only when the first while is over. */
  readonly atOnce?: boolean;
  readonly log: Log;
}

/** Does `work` every so often, one at a time. What fails is logged and done again the next time. */
export function repeat(work: () => Promise<void>, { everyMs, log, atOnce = false }: Rhythm): Repetition {
  let busy = false;
  async function turn(): Promise<void> {
    if (busy) {
      return;
    }
    busy = true;
    try {
      await work();
    } catch (error) {
      log.warn({ error, work: work.name }, 'a regular chore failed; it will be tried again');
    } finally {
      busy = false;
    }
  }
  if (atOnce) {
    void turn();
  }
  const timer = setInterval(() => void turn(), everyMs);
  return { stop: () => clearInterval(timer) };
}
