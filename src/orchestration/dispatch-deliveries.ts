import type { Engine } from '../ports/engine.ts';
import type { Deliveries } from '../ports/inbox.ts';
import type { Log } from '../ports/log.ts';

/** What dispatching needs of the rest. */
export interface Dispatch {
  readonly engine: Engine;
  readonly deliveries: Deliveries;
  readonly log: Log;
}

/** A delivery that has waited this long was left behind by a crash, in milliseconds. */
const LEFT_BEHIND_MS = 2000;
const SWEEP_LIMIT = 200;

/** Hands a stored delivery to the engine. What fails here is found again by the sweep. */
export async function dispatchDelivery(guid: string, { engine, deliveries, log }: Dispatch): Promise<void> {
  try {
    await engine.start({ workflow: 'delivery', id: `delivery:${guid}`, input: guid });
    await deliveries.markDispatched([guid]);
  } catch (error) {
    log.warn({ guid, error }, 'a delivery could not be dispatched; the sweep will try again');
  }
}

/** Dispatches what a crash left behind. */
export async function sweepInbox(dispatch: Dispatch): Promise<void> {
  for (const guid of await dispatch.deliveries.pending(LEFT_BEHIND_MS, SWEEP_LIMIT)) {
    await dispatchDelivery(guid, dispatch);
  }
}
