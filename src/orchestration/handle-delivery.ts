import type { Durable } from '../ports/durable.ts';
import type { Delivery } from '../ports/inbox.ts';
import type { Log } from '../ports/log.ts';

const HOUR_MS = 60 * 60_000;

/** Waits between tries, in milliseconds: short faults first, then an outage of GitHub, up to a day. */
const WAITS_MS = [500, 2000, 10_000, 60_000, 300_000, HOUR_MS / 2, 2 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS];

/** What handling a delivery needs of the rest. */
export interface DeliveryDesk {
  readonly read: (guid: string) => Promise<Delivery | null>;
  /** Hands it to the webhook handlers. Throws when any of them did not finish. */
  readonly deliver: (delivery: Delivery) => Promise<void>;
  readonly log: Log;
}

/** One stored delivery, handled until it holds. All that it causes is idempotent, so trying again is safe. */
export async function handleDelivery(
  guid: string,
  durable: Pick<Durable, 'step' | 'sleep'>,
  desk: DeliveryDesk,
): Promise<void> {
  for (const waitMs of [...WAITS_MS, null]) {
    const done = await durable.step('deliver', () => tryToDeliver(guid, desk));
    if (done === 'done') {
      return;
    }
    if (waitMs !== null) {
      await durable.sleep(waitMs);
    }
  }
  desk.log.error({ guid }, 'a delivery was given up after a day; whoever sent it has to ask again');
}

async function tryToDeliver(guid: string, { read, deliver, log }: DeliveryDesk): Promise<'done' | 'failed'> {
  try {
    const delivery = await read(guid);
    if (delivery === null) {
      log.error({ guid }, 'a dispatched delivery is not in the inbox; was it deleted by hand?');
      return 'done';
    }
    await deliver(delivery);
    log.debug({ guid, event: delivery.event }, 'a delivery was handled');
    return 'done';
  } catch (error) {
    log.warn({ guid, error }, 'a delivery could not be handled');
    return 'failed';
  }
}
