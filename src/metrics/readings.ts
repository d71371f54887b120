import type { Reading } from '../ports/measures.ts';
import { BUCKETS, type MetricName } from './metric.ts';

type Labels = Reading['labels'];

/** One more, or so much more, of something. */
export function count(metric: MetricName, labels: Labels, value = 1): Reading {
  return { metric, labels, value };
}

/** One observed time as the readings of a histogram: how many fell below each bound and above the one before it. */
export function observe(metric: MetricName, labels: Labels, seconds: number): readonly Reading[] {
  const bound = BUCKETS.find((most) => seconds <= most);
  return [
    {
      metric: `${metric}_bucket`,
      labels: { ...labels, le: bound === undefined ? '+Inf' : String(bound) },
      value: 1,
    },
    { metric: `${metric}_sum`, labels, value: Math.max(0, seconds) },
    { metric: `${metric}_count`, labels, value: 1 },
  ];
}

/** Readings with the same metric and labels as one. */
export function sumUp(readings: readonly Reading[]): readonly Reading[] {
  const sums = new Map<string, Reading>();
  for (const reading of readings) {
    const key = toKey(reading);
    sums.set(key, { ...reading, value: (sums.get(key)?.value ?? 0) + reading.value });
  }
  return [...sums.values()];
}

function toKey({ metric, labels }: Reading): string {
  return JSON.stringify([
    metric,
    Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  ]);
}
