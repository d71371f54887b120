import type { DeliveryOutcome } from './delivery.ts';

// GitHub waits this long for an answer.
const TIMEOUT_MS = 10_000;

/** Posts a delivery once and tells how it went. Never throws. */
export async function sendDelivery(
  request: { url: string; headers: Readonly<Record<string, string>>; body: string },
  stopped: AbortSignal,
): Promise<DeliveryOutcome> {
  const started = performance.now();
  function finish(
    answer: Pick<DeliveryOutcome, 'status' | 'statusCode' | 'responseHeaders' | 'responseBody'>,
  ): DeliveryOutcome {
    const durationSeconds = Math.round(performance.now() - started) / 1000;
    return { ...answer, deliveredAt: new Date().toISOString(), durationSeconds };
  }
  try {
    const response = await fetch(request.url, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), stopped]),
    });
    return finish({
      status: response.ok ? 'OK' : response.statusText || 'Invalid HTTP Response',
      statusCode: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody: await response.text(),
    });
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return finish({
      status: timedOut ? 'timed out' : 'failed to connect to host',
      statusCode: 0,
      responseHeaders: {},
      responseBody: '',
    });
  }
}

/** The outcome of a delivery which an injected fault loses on the way. */
export function toLostOutcome(): DeliveryOutcome {
  return {
    deliveredAt: new Date().toISOString(),
    durationSeconds: 0,
    status: 'lost by an injected fault',
    statusCode: 0,
    responseHeaders: {},
    responseBody: '',
  };
}
