import type { Timer } from '../../../src/github/octokit/timer.ts';

/** A timer whose sleeps are over at once and move its time on. */
export function createInstantTimer(): Timer & { readonly slept: number[] } {
  const state = { now: 1_000_000 };
  const slept: number[] = [];
  return {
    slept,
    now: () => state.now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      state.now += ms;
      await Promise.resolve();
    },
  };
}
