import { editDistance } from '../domain/edit-distance.ts';

/** More names than this help nobody who has mistyped one. */
const MOST = 12;

/** Names to choose from, those first that look most like what was written: `b, a, c and 7 more`. */
export function listNames(names: Iterable<string>, written: string): string {
  const all = [...names];
  const sorted = all
    .map((name, index) => ({ name, index, distance: editDistance(name, written) }))
    .toSorted((a, b) => a.distance - b.distance || a.index - b.index);
  const isShort = sorted.length <= MOST;
  const shown = (isShort ? all : sorted.slice(0, MOST).map(({ name }) => name)).join(', ');
  return isShort ? shown : `${shown} and ${sorted.length - MOST} more`;
}
