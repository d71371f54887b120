import type { Place } from './happening.ts';
import type { Edge } from './to-edges.ts';
import { toPassedOver } from './to-edges.ts';
import type { Move, Situation } from './walk.ts';

/** One shortest path to each end, one line each thing that happens. */
export function printEnds(situations: readonly Situation[]): readonly string[] {
  const ends = situations.filter(({ place }) => place.kind === 'end');
  return ends.flatMap((end) => [
    `  ${end.place.name}`,
    ...toPath(end).map((move) => `    ${printMove(move)}`),
  ]);
}

/** How a run comes to a situation. */
export function toPath(situation: Situation): readonly Move[] {
  const path: Move[] = [];
  for (let { cameBy } = situation; cameBy !== null; cameBy = cameBy.from.cameBy) {
    path.unshift(cameBy);
  }
  return path;
}

export function printMove({ from, happening, passedOver }: Move): string {
  const { label, detail, count } = happening;
  const times = count === null || count === 1 ? '' : ` the ${count}. time`;
  return [
    `${printPlace(from.place)}: ${label}${times}`,
    detail === '' ? '' : `(${detail})`,
    toPassedOver(passedOver),
  ]
    .filter(Boolean)
    .join(' ');
}

/** What can follow on each step and question. */
export function printSteps(edges: readonly Edge[]): readonly string[] {
  const leaving = Map.groupBy(edges, ({ from }) => printPlace(from));
  return [...leaving].flatMap(([from, group]) => [
    `  ${from}`,
    ...group.map(({ label, to }) => `    ${label} -> ${printPlace(to)}`),
  ]);
}

export function printPlace({ kind, name, asks }: Place): string {
  return kind === 'question' ? `${name}, ${asks}` : name;
}
