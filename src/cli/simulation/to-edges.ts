import type { Place } from './happening.ts';
import type { Move } from './walk.ts';

/** All moves between two places that have the same cause, as one. */
export interface Edge {
  readonly from: Place;
  readonly to: Place;
  /** Such as `rejected 1 to 2 times`. */
  readonly label: string;
}

/** The graph of a walk, in the order in which it was found. */
export function toEdges(moves: readonly Move[]): readonly Edge[] {
  const alike = Map.groupBy(moves, ({ from, to, happening, passedOver }) =>
    JSON.stringify([from.place, to.place, happening.label, passedOver]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : [{ from: first.from.place, to: first.to.place, label: toLabel(first, group) }];
  });
}

function toLabel({ happening, passedOver }: Move, group: readonly Move[]): string {
  const counts = group.flatMap((move) => move.happening.count ?? []);
  return [`${happening.label}${toTimes(counts)}`, toPassedOver(passedOver)].filter(Boolean).join('; ');
}

function toTimes(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (counts.length === 0 || most === 1) {
    return '';
  }
  return least === most ? ` ${most} times` : ` ${least} to ${most} times`;
}

/** The same words in the graph and in a path. */
export function toPassedOver(steps: readonly string[]): string {
  return steps.length === 0 ? '' : `passes over ${steps.join(' and ')}`;
}
