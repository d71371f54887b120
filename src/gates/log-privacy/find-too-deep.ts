import type { Stretch } from '../source/source-facts.ts';

/** People stop at two. Each level is looked through again, so that more would take as many times as long. */
const MAX_DEPTH = 4;

/** The stretches that stand in more others than anybody writes. */
export function findTooDeep<Part extends Stretch>(parts: readonly Part[]): ReadonlySet<Part> {
  const deep = new Set<Part>();
  const ends: number[] = [];
  for (const part of parts.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    while ((ends.at(-1) ?? part.end) < part.end) {
      ends.pop();
    }
    if (ends.push(part.end) > MAX_DEPTH) {
      deep.add(part);
    }
  }
  return deep;
}
