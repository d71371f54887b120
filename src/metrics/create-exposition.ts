import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import type { Measures, Reading } from '../ports/measures.ts';
import { METRICS, type MetricName } from './metric.ts';
import { printSeries } from './print-series.ts';
import { count } from './readings.ts';

/** What is told to whoever scrapes this process. */
export interface Exposition {
  /** A request to the webhook path was answered; `outcome` is from a closed set. */
  delivered(outcome: string): void;
  /** Trace events were left out; `sink` is from a closed set. */
  dropped(sink: string, events: number): void;
  /** The text of all metrics as they are now. Rejects when the database does not answer. */
  print(): Promise<string>;
}

/** How many wait in each queue of the engine. */
export type ReadQueues = () => Promise<ReadonlyMap<string, number>>;

/** Of this process, and of all replicas together out of the database. */
export function createExposition(measures: Measures, readQueues: ReadQueues): Exposition {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'baton_' });
  const deliveries = createCounter('baton_deliveries_total', 'outcome', registry);
  const dropped = createCounter('baton_trace_events_dropped_total', 'sink', registry);
  return {
    delivered: (outcome) => deliveries.inc({ outcome }),
    dropped: (sink, events) => dropped.inc({ sink }, events),
    async print() {
      const [kept, now, queues, own] = await Promise.all([
        measures.read(),
        measures.now(),
        readQueues(),
        registry.metrics(),
      ]);
      const waiting = [...queues].map(([queue, value]) => count('baton_queue_waiting', { queue }, value));
      return `${printSeries([...kept, ...now, ...waiting, ...toDeadCode(kept)])}\n${own}`;
    },
  };
}

function createCounter<Label extends string>(
  metric: MetricName,
  label: Label,
  registry: Registry,
): Counter<Label> {
  const help = METRICS.find(({ name }) => name === metric)?.help ?? '';
  return new Counter({ name: metric, help, labelNames: [label], registers: [registry] });
}

/** A ratio of what is kept: how many of the judged commits had dead code. */
function toDeadCode(kept: readonly Reading[]): readonly Reading[] {
  const verdicts = kept.filter(
    ({ metric, labels }) => metric === 'baton_gate_verdicts_total' && labels['gate'] === 'dead-code',
  );
  const [failed, passed] = ['fail', 'pass'].map((kind) =>
    verdicts.filter(({ labels }) => labels['verdict'] === kind).reduce((sum, { value }) => sum + value, 0),
  );
  const judged = (failed ?? 0) + (passed ?? 0);
  return judged === 0 ? [] : [count('baton_dead_code_ratio', {}, (failed ?? 0) / judged)];
}
