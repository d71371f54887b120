import type { Settings } from '../config/settings.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../store/create-store.ts';
import { createCollector } from '../telemetry/traces/create-collector.ts';
import { createTraces, type OpenTraces } from '../telemetry/traces/create-traces.ts';
import type { OpenMetrics } from './open-metrics.ts';

interface TraceNeeds {
  readonly store: Pick<Store, 'traces'>;
  readonly clock: Clock;
  readonly mask: (text: string) => string;
  readonly metrics: Pick<OpenMetrics, 'dropped'>;
}

/** Traces, kept in the database and sent to the operator's collector where there is one. */
export function openTraces(
  { collector }: Pick<Settings, 'collector'>,
  { store, clock, mask, metrics }: TraceNeeds,
): OpenTraces {
  return createTraces({
    store: store.traces,
    collector:
      collector === null ? null : createCollector({ ...collector, headers: reveal(collector.headers) }),
    clock,
    mask,
    onDropped: (sink, count) => metrics.dropped(sink, count),
  });
}

function reveal(headers: NonNullable<Settings['collector']>['headers']): ReadonlyMap<string, string> {
  return new Map([...headers].map(([name, value]) => [name, value.reveal()]));
}
