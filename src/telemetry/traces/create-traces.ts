import { randomUUID } from 'node:crypto';
import type { TraceEvent } from '../../domain/trace-event.ts';
import type { Clock } from '../../ports/clock.ts';
import type { TraceStore, Traces } from '../../ports/traces.ts';
import { createBoundedQueue } from './bounded-queue.ts';
import { openCall } from './open-call.ts';

/** Where events go that were left out; a closed set, fit for a metric's label. */
export type TraceSink = 'store' | 'collector';

/** Sends events on to a collector; null when none is configured. */
export type SendSpans = (events: readonly TraceEvent[]) => Promise<void>;

export interface TraceOptions {
  readonly store: Pick<TraceStore, 'add'>;
  readonly collector: SendSpans | null;
  readonly clock: Clock;
  /** Hides credentials in what programs of others say. */
  readonly mask: (text: string) => string;
  /** `why`: in words, for the operator. */
  readonly onDropped: (sink: TraceSink, count: number, why: string) => void;
}

/** A busy server makes some hundred events in a second; this is a minute of them, and some megabytes. */
const MOST_WAITING = 10_000;
const BATCH = 500;
const LINGER_MS = 200;
const SEND_WITHIN_MS = 10_000;

/** The traces, which whoever ends in order must drain. */
export interface OpenTraces extends Traces {
  drain(): Promise<void>;
}

/** Takes events into memory and hands them on in batches, to the store and to a collector apart: neither waits for the other. */
export function createTraces(options: TraceOptions): OpenTraces {
  const { store, collector, clock, onDropped } = options;
  const rules = { most: MOST_WAITING, batch: BATCH, lingerMs: LINGER_MS, sendWithinMs: SEND_WITHIN_MS };
  const stored = createBoundedQueue<TraceEvent>({
    ...rules,
    send: (events) => store.add(events),
    onDropped: (count, why) => onDropped('store', count, why),
  });
  const collected =
    collector === null
      ? null
      : createBoundedQueue<TraceEvent>({
          ...rules,
          send: collector,
          onDropped: (count, why) => onDropped('collector', count, why),
        });
  function record(event: Parameters<Traces['record']>[0]): void {
    const entry = { ...event, id: randomUUID(), at: clock.now() };
    stored.push(entry);
    collected?.push(entry);
  }
  return {
    record,
    openCall: (launch) => openCall(launch, { record, mask: options.mask }),
    async drain() {
      await Promise.all([stored.drain(), collected?.drain()]);
    },
  };
}
