import type { Fault } from './fault.ts';
import { SETTINGS } from './settings-table.ts';

/** Variables that look like ours and are not: usually misspelt, and then silently without effect. */
export function findUnknown(names: readonly string[]): Fault[] {
  return names
    .filter((name) => name.startsWith('BATON_') && !Object.hasOwn(SETTINGS, name))
    .map((name) => ({ name, problem: 'is not a setting of Baton', remedy: suggest(name) }));
}

function suggest(name: string): string {
  const ranked = Object.keys(SETTINGS)
    .map((known) => ({ known, distance: countEdits(name, known) }))
    .toSorted((one, other) => one.distance - other.distance);
  const [nearest] = ranked;
  return nearest !== undefined && nearest.distance <= name.length / 3
    ? `Did you mean ${nearest.known}?`
    : 'Remove it, or see docs/reference/configuration.md for the names.';
}

/** Levenshtein distance. */
function countEdits(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of from.split('').entries()) {
    const current = [row + 1];
    for (const [column, other] of to.split('').entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
