import { ZERO_SHA } from './refs.ts';

/** A ref that moved; all zeros stand for "there was none". */
export type RefChange = { readonly ref: string; readonly before: string; readonly after: string };

/** What moved, came or went between two readings of the refs. */
export function findRefChanges(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): RefChange[] {
  const refs = [...new Set([...before.keys(), ...after.keys()])];
  return refs
    .filter((ref) => before.get(ref) !== after.get(ref))
    .map((ref) => ({ ref, before: before.get(ref) ?? ZERO_SHA, after: after.get(ref) ?? ZERO_SHA }));
}
