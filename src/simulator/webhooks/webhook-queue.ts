import { once } from 'node:events';
import type { Delivery } from './delivery.ts';
import { type DeliveryFault, openDeliveryFaults } from './delivery-fault.ts';
import { sendDelivery, toLostOutcome } from './send-delivery.ts';

/** Sends deliveries in order, one at a time, and remembers them all. */
export type WebhookQueue = {
  push(delivery: Delivery): void;
  all(): readonly Delivery[];
  find(id: number): Delivery | null;
  injectFault(fault: DeliveryFault): void;
  /** Resolves when nothing is being sent, including what was added meanwhile. */
  settle(): Promise<void>;
  /** Sends nothing more. */
  close(): void;
};

/** Opens an empty queue. A receiver that fails is recorded and not tried again, as GitHub does. */
export function openWebhookQueue(): WebhookQueue {
  const deliveries: Delivery[] = [];
  const faults = openDeliveryFaults();
  const late = new Set<Promise<void>>();
  const stopped = new AbortController();
  let last: Promise<void> = Promise.resolve();

  async function send(delivery: Delivery): Promise<void> {
    if (!stopped.signal.aborted) {
      delivery.outcome = await sendDelivery({ ...delivery.request, body: delivery.body }, stopped.signal);
    }
  }

  async function sendLate(delivery: Delivery, until: Promise<unknown>): Promise<void> {
    if (!stopped.signal.aborted) {
      await Promise.race([until.catch(() => undefined), once(stopped.signal, 'abort')]);
    }
    await send(delivery);
  }

  async function sendWithFaults(delivery: Delivery): Promise<void> {
    const fault = delivery.redelivery ? null : faults.take(delivery.event, delivery.action);
    if (fault === 'drop') {
      delivery.outcome = toLostOutcome();
      return;
    }
    if (fault !== null && typeof fault === 'object') {
      const sending = sendLate(delivery, fault.until);
      late.add(sending);
      void sending.finally(() => late.delete(sending));
      return;
    }
    await send(delivery);
    if (fault === 'duplicate') {
      await send(delivery);
    }
  }

  return {
    push(delivery) {
      deliveries.push(delivery);
      last = last.then(() => sendWithFaults(delivery));
    },
    all: () => deliveries,
    find: (id) => deliveries.find((delivery) => delivery.id === id) ?? null,
    injectFault: (fault) => faults.inject(fault),
    async settle() {
      let seen: Promise<void> | null = null;
      while (seen !== last || late.size > 0) {
        seen = last;
        await seen;
        await Promise.all(late);
      }
    },
    close: () => stopped.abort(),
  };
}
