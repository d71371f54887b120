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
/** GitHub can send a delivery again for three days; one that was forgotten would act again. */
const KEPT_MS = 7 * 24 * 60 * 60_000;
const PRUNE_LIMIT = 1000;

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

/** Forgets deliveries that cannot come again, a thousand at a time. */
export async function pruneInbox({ deliveries, log }: Dispatch): Promise<void> {
  let pruned = 0;
  let last = PRUNE_LIMIT;
  while (last === PRUNE_LIMIT) {
    last = await deliveries.prune(KEPT_MS, PRUNE_LIMIT);
    pruned += last;
  }
  log.debug({ pruned }, 'old deliveries are forgotten');
}
