import { type Figure, toGain } from '../../domain/figure.ts';
import type { Reading } from './read-figures.ts';

type Measurements = readonly ReadonlyMap<string, Reading>[];

/**
 * Whether every measurement of a figure at the head is worse than every one at the base. Where the two overlap, a busy
 * machine can have made the difference.
 */
export function isApart(
  figure: Figure,
  { base, head }: { readonly base: Measurements; readonly head: Measurements },
): boolean {
  const [before, after] = [base, head].map((side) =>
    side.flatMap((readings) => readings.get(figure.name)?.value ?? []),
  );
  return (before ?? []).every((was) =>
    (after ?? []).every((is) => (toGain({ ...figure, base: was, head: is }) ?? 1) < 1),
  );
}
