import type { Engine } from '../ports/engine.ts';
import type { Deliveries } from '../ports/inbox.ts';
import type { Log } from '../ports/log.ts';

/** What dispatching needs of the rest. */
export interface Dispatch {
  readonly engine: Engine;
  readonly deliveries: Deliveries;
  readonly log: Log;
}

/** Hands stored deliveries to the engine, in order and a few at a time. */
export interface Dispatcher {
  /** Takes note of a delivery; does nothing for one that waits already. */
  dispatch(guid: string): void;
  /** Takes note of what a crash left behind. */
  sweep(): Promise<void>;
  /** Begins no more, and waits for those under way. The rest is found after the next start. */
  close(): Promise<void>;
}

/** At the same time. More would take the processor from the answers to GitHub, which has ten seconds of patience. */
const AT_ONCE = 2;
/** Beyond this a flood is left to the sweep instead of filling the memory. */
const MAX_WAITING = 10_000;
/** A delivery that has waited this long was left behind, in milliseconds. */
const LEFT_BEHIND_MS = 2000;
const SWEEP_LIMIT = 200;

export function createDispatcher({ engine, deliveries, log }: Dispatch): Dispatcher {
  /** Keeps the order of arrival. */
  const waiting = new Set<string>();
  const underWay = new Map<string, Promise<void>>();
  let state: 'open' | 'closed' = 'open';

  async function handOver(guid: string): Promise<void> {
    try {
      await engine.start({ workflow: 'delivery', id: `delivery:${guid}`, input: guid });
      await deliveries.markDispatched([guid]);
    } catch (error) {
      log.warn({ guid, error }, 'a delivery could not be dispatched; the sweep will try again');
    }
    underWay.delete(guid);
    proceed();
  }

  function proceed(): void {
    for (const guid of waiting) {
      if (underWay.size === AT_ONCE) {
        return;
      }
      waiting.delete(guid);
      underWay.set(guid, handOver(guid));
    }
  }

  function dispatch(guid: string): void {
    if (state === 'open' && !underWay.has(guid) && waiting.size < MAX_WAITING) {
      waiting.add(guid);
      proceed();
    }
  }

  return {
    dispatch,
    async sweep() {
      const left = await deliveries.pending(LEFT_BEHIND_MS, SWEEP_LIMIT);
      left.forEach(dispatch);
    },
    async close() {
      state = 'closed';
      waiting.clear();
      await Promise.all(underWay.values());
    },
  };
}
