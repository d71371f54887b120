import type { Way } from './workflow-graph.ts';

/**
 * The ways that can be gone round and round for ever, without a person. A way with a counter ends after some rounds,
 * unless the rounds themselves clear the counter: so those that end are taken out, again and again, until what is left
 * has no loop or no end.
 */
export function findEndless(ways: readonly Way[]): readonly Way[] {
  const looping = ways.filter((way) => isReached(ways, way.to, way.from));
  const ending = looping.filter(
    ({ from, to, counter }) =>
      counter !== null &&
      !looping.some(
        (way) =>
          way.clears.includes(counter) &&
          isReached(looping, to, way.from) &&
          isReached(looping, way.to, from),
      ),
  );
  return ending.length === 0 ? looping : findEndless(looping.filter((way) => !ending.includes(way)));
}

function isReached(ways: readonly Way[], start: number, goal: number): boolean {
  const seen = new Set([start]);
  // A set grows while it is walked through.
  for (const place of seen) {
    for (const way of ways) {
      if (way.from === place) {
        seen.add(way.to);
      }
    }
  }
  return seen.has(goal);
}
