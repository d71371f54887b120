import type { Settings } from '../config/settings.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../store/create-store.ts';
import { createCollector } from '../telemetry/traces/create-collector.ts';
import { createTraces, type OpenTraces, type TraceSink } from '../telemetry/traces/create-traces.ts';
import type { OpenMetrics } from './open-metrics.ts';

interface TraceNeeds {
  readonly store: Pick<Store, 'traces'>;
  readonly clock: Clock;
  readonly mask: (text: string) => string;
  readonly metrics: Pick<OpenMetrics, 'dropped'>;
  readonly log: Log;
}

/** What lasts is said again after so long, in milliseconds. */
const SAY_EVERY_MS = 15 * 60_000;

/** Traces, kept in the database and sent to the operator's collector where there is one. */
export function openTraces(
  { collector }: Pick<Settings, 'collector'>,
  { store, clock, mask, metrics, log }: TraceNeeds,
): OpenTraces {
  const saidMs = new Map<TraceSink, number>();
  function say(sink: TraceSink, why: string): void {
    const nowMs = performance.now();
    const last = saidMs.get(sink);
    if (last === undefined || nowMs - last >= SAY_EVERY_MS) {
      saidMs.set(sink, nowMs);
      log.warn(
        { sink, why, remedy: REMEDIES[sink] },
        'entries of traces are dropped, and counted in the metrics',
      );
    }
  }
  return createTraces({
    store: store.traces,
    collector:
      collector === null ? null : createCollector({ ...collector, headers: reveal(collector.headers) }),
    clock,
    mask,
    onDropped(sink, count, why) {
      metrics.dropped(sink, count);
      say(sink, why);
    },
  });
}

const REMEDIES: Readonly<Record<TraceSink, string>> = {
  collector: 'See that OTEL_EXPORTER_OTLP_ENDPOINT takes OTLP as JSON over HTTP, or leave it out.',
  store: 'See that the database answers, and has room.',
};

function reveal(headers: NonNullable<Settings['collector']>['headers']): ReadonlyMap<string, string> {
  return new Map([...headers].map(([name, value]) => [name, value.reveal()]));
}
