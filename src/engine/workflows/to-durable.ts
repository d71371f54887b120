import { DBOS } from '@dbos-inc/dbos-sdk';
import type { Durable } from '../../ports/durable.ts';
import type { Calls } from './calls.ts';
import type { Performances } from './performances.ts';

/** Ten years: DBOS wants a time limit, and remembers it as a date. */
const FOR_EVER_S = 315_360_000;
/** A message wakes its reader at once; looking by itself covers a lost connection. */
const LOOK_EVERY_MS = 10_000;

/** The durable side of the workflow `id`, which is being executed. */
export function toDurable(id: string, performances: Performances, calls: Calls): Durable {
  return {
    step: (name, work) => performances.step(id, name, work),
    // The caller names the result type of the procedure it has registered itself.
    callAll: (requests) => calls.callAll(requests) as Promise<never>,
    receive,
    sleep: (waitMs) => DBOS.sleep(waitMs),
  };
}

function receive(waitMs: number | null): Promise<unknown> {
  const timeoutSeconds = waitMs === null ? FOR_EVER_S : waitMs / 1_000;
  return DBOS.recv(undefined, { timeoutSeconds, pollingIntervalMs: LOOK_EVERY_MS });
}
