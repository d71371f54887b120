import { readParent } from '../list-descendants.ts';

/** Whether one process comes from the other, or the other from it. */
export function isOfFamily(one: number, other: number): boolean {
  return listAncestors(one).includes(other) || listAncestors(other).includes(one);
}

/** A process and all that it comes from. */
function listAncestors(pid: number): readonly number[] {
  const ancestors: number[] = [];
  for (let next: number | null = pid; next !== null && next > 0; next = readParent(String(next))) {
    ancestors.push(next);
  }
  return ancestors;
}
