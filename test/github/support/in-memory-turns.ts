import type { Timer } from '../../../src/github/octokit/timer.ts';
import type { ContentTurns } from '../../../src/ports/content-turns.ts';

/** Turns of one process, by the timer of the test. */
export function createInMemoryTurns(timer: Timer): ContentTurns {
  const given = new Map<number, number[]>();
  return {
    async take(installationId, limits) {
      const times = given.get(installationId) ?? [];
      const now = timer.now();
      const earliest = limits.map(
        ({ count, perMs }) => (times.at(-count) ?? Number.NEGATIVE_INFINITY) + perMs,
      );
      const at = Math.max(now, ...earliest);
      given.set(installationId, [...times, at]);
      return at - now;
    },
  };
}
