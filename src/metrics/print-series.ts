import type { Reading } from '../ports/measures.ts';
import { BUCKETS, METRICS, type Metric } from './metric.ts';

/** Readings in the text format of Prometheus, each metric with its help. Those of unknown names are left out. */
export function printSeries(readings: readonly Reading[]): string {
  const byMetric = Map.groupBy(readings, ({ metric }) => metric);
  return METRICS.flatMap((metric) => {
    const lines =
      metric.type === 'histogram' ? printHistogram(metric, byMetric) : printPlain(metric, byMetric);
    return lines.length === 0
      ? []
      : [`# HELP ${metric.name} ${metric.help}`, `# TYPE ${metric.name} ${metric.type}`, ...lines, ''];
  }).join('\n');
}

type ByMetric = ReadonlyMap<string, readonly Reading[]>;

function printPlain({ name }: Metric, byMetric: ByMetric): readonly string[] {
  return (byMetric.get(name) ?? []).map((reading) => printLine(name, reading.labels, reading.value));
}

/** Buckets are kept apart and printed as Prometheus wants them: each with all that fell below its bound. */
function printHistogram({ name }: Metric, byMetric: ByMetric): readonly string[] {
  const buckets = byMetric.get(`${name}_bucket`) ?? [];
  return (byMetric.get(`${name}_count`) ?? []).flatMap(({ labels, value }) => {
    const own = buckets.filter((bucket) => isSame(bucket.labels, labels));
    const sum = byMetric.get(`${name}_sum`)?.find((reading) => isSame(reading.labels, labels));
    const below = BUCKETS.map((bound) =>
      own
        .filter(({ labels: { le = '+Inf' } }) => Number(le) <= bound)
        .reduce((total, bucket) => total + bucket.value, 0),
    );
    return [
      ...BUCKETS.map((bound, index) =>
        printLine(`${name}_bucket`, { ...labels, le: String(bound) }, below[index] ?? 0),
      ),
      printLine(`${name}_bucket`, { ...labels, le: '+Inf' }, value),
      printLine(`${name}_sum`, labels, sum?.value ?? 0),
      printLine(`${name}_count`, labels, value),
    ];
  });
}

function isSame(bucket: Reading['labels'], labels: Reading['labels']): boolean {
  return Object.entries(labels).every(([name, value]) => bucket[name] === value);
}

function printLine(name: string, labels: Reading['labels'], value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
}

function escape(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}
