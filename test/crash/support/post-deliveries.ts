import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** A webhook as GitHub sends it. */
export interface Posted {
  readonly guid: string;
  readonly event: string;
  readonly body: string;
}

interface Receiver {
  /** Where Baton listens, as soon as it does; it can change between two tries. */
  readonly url: () => Promise<string>;
  readonly secret: string;
  readonly appId: number;
  /** Told of each answer 2xx, with the number of them so far. */
  readonly onAccepted: (count: number) => void;
}

const AT_ONCE = 20;
/** Five minutes: it only ends what hangs. */
const MAX_TRIES = 3000;
const RETRY_MS = 100;

/** Posts them in order, some at once, each again under its GUID until it is accepted. Returns the milliseconds of each accepted post. */
export async function postDeliveries(
  deliveries: readonly Posted[],
  receiver: Receiver,
): Promise<readonly number[]> {
  const waiting = [...deliveries];
  const took: number[] = [];
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      took.push(await postUntilAccepted(next, receiver));
      receiver.onAccepted(took.length);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return took;
}

async function postUntilAccepted(delivery: Posted, receiver: Receiver): Promise<number> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const startedAt = performance.now();
    if (await post(delivery, receiver)) {
      return performance.now() - startedAt;
    }
    await delay(RETRY_MS);
  }
  throw new Error(`Delivery ${delivery.guid} (${delivery.event}) was not accepted in ${MAX_TRIES} tries.`);
}

async function post({ guid, event, body }: Posted, { url, secret, appId }: Receiver): Promise<boolean> {
  const headers = {
    'content-type': 'application/json',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-installation-target-id': String(appId),
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  const response = await fetch(await url(), { method: 'POST', headers, body }).catch(() => null);
  await response?.arrayBuffer().catch(() => null);
  return response?.ok ?? false;
}
