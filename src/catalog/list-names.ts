/** More names than this help nobody who has mistyped one. */
const MOST = 12;

/** Names to choose from, those first that look most like what was written: `b, a, c and 7 more`. */
export function listNames(names: Iterable<string>, written: string): string {
  const sorted = [...names]
    .map((name, index) => ({ name, index, distance: toDistance(name, written) }))
    .toSorted((a, b) => a.distance - b.distance || a.index - b.index);
  const isShort = sorted.length <= MOST;
  const shown = (isShort ? [...names] : sorted.slice(0, MOST).map(({ name }) => name)).join(', ');
  return isShort ? shown : `${shown} and ${sorted.length - MOST} more`;
}

/** Levenshtein's distance, row by row. */
function toDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.split('').entries()) {
    const next = [i + 1];
    for (const [j, other] of b.split('').entries()) {
      const swapped = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
