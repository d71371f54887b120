import type { Reading } from './read-figures.ts';

/** The median of each figure over several measurements. One that is missing in a measurement, or changes its unit, is left out. */
export function toMedians(
  measurements: readonly ReadonlyMap<string, Reading>[],
): ReadonlyMap<string, Reading> {
  const [first = new Map<string, Reading>()] = measurements;
  return new Map(
    [...first].flatMap(([name, { unit }]) => {
      const values = measurements.flatMap((measurement) => {
        const reading = measurement.get(name);
        return reading?.unit === unit ? [reading.value] : [];
      });
      return values.length < measurements.length ? [] : [[name, { unit, value: toMedian(values) }] as const];
    }),
  );
}

function toMedian(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
