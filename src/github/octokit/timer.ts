import { setTimeout as delay } from 'node:timers/promises';

/** Time as the request layer needs it: it never goes backwards, and waiting can be given up. */
export interface Timer {
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** Rejects with the signal's reason when it fires first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemTimer: Timer = {
  now: () => performance.now(),
  async sleep(ms, signal) {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  },
};
