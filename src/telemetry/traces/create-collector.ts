import type { TraceEvent } from '../../domain/trace-event.ts';
import type { SendSpans } from './create-traces.ts';
import { toSpan } from './to-spans.ts';

export interface CollectorOptions {
  /** Base URL; spans go to `/v1/traces` below it. */
  readonly endpoint: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;

/** Sends spans to an OpenTelemetry collector, as JSON over HTTP. Rejects when it does not take them in time. */
export function createCollector({ endpoint, headers, timeoutMs = TIMEOUT_MS }: CollectorOptions): SendSpans {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  return async (events) => {
    const body = toBody(events);
    if (body === null) {
      return;
    }
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...Object.fromEntries(headers), 'content-type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    if (!response.ok) {
      throw new Error(`the collector answered ${response.status}`);
    }
  };
}

/** Null when nothing in it has come to an end. */
function toBody(events: readonly TraceEvent[]): string | null {
  const spans = events.map(toSpan).filter((span) => span !== null);
  return spans.length === 0
    ? null
    : JSON.stringify({
        resourceSpans: [
          {
            resource: { attributes: [{ key: 'service.name', value: { stringValue: 'baton' } }] },
            scopeSpans: [{ scope: { name: 'baton' }, spans }],
          },
        ],
      });
}
