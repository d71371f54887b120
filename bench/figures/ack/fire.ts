import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import type { SignedDelivery } from './signed-delivery.ts';

/** What one round of requests came to; latencies in milliseconds. */
export interface Shots {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

/** Sends the delivery again and again over so many connections, each time under a GUID of its own. */
export async function fire(
  url: string,
  { body, headers }: SignedDelivery,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<Shots> {
  const { requests, latency, non2xx, errors, timeouts } = await autocannon({
    url,
    connections,
    duration: seconds,
    method: 'POST',
    requests: [
      {
        body,
        setupRequest: (request) => ({
          ...request,
          headers: { ...headers, 'x-github-delivery': randomUUID() },
        }),
      },
    ],
  });
  return {
    perSecond: requests.average,
    p50: latency.p50,
    p99: latency.p99,
    failed: non2xx + errors + timeouts,
  };
}
