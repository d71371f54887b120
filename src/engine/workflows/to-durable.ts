import { DBOS, Error as errors } from '@dbos-inc/dbos-sdk';
import { type Durable, ReplayError } from '../../ports/durable.ts';
import type { Calls } from './calls.ts';
import type { Performances } from './performances.ts';

/** Ten years: DBOS wants a time limit, and remembers it as a date. */
const FOR_EVER_S = 315_360_000;
/** A message wakes its reader at once; looking by itself covers a lost connection. */
const LOOK_EVERY_MS = 10_000;

/** The durable side of the workflow `id`, which is being executed. */
export function toDurable(id: string, performances: Performances, calls: Calls): Durable {
  const replay = refuseAfterMismatch();
  return {
    step: (name, work) => replay(() => performances.step(id, name, work)),
    // The caller names the result type of the procedure it has registered itself.
    callAll: (requests) => replay(() => calls.callAll(requests) as Promise<never>),
    receive: (waitMs) => replay(() => receive(waitMs)),
    sleep: (waitMs) => replay(() => DBOS.sleep(waitMs)),
  };
}

/** One answer that belongs to another question, and no later one can be trusted: by chance it might fit. */
function refuseAfterMismatch(): <Result>(ask: () => Promise<Result>) => Promise<Result> {
  let mismatch: ReplayError | null = null;
  return async function replay(ask) {
    if (mismatch !== null) {
      throw mismatch;
    }
    try {
      return await ask();
    } catch (error) {
      if (error instanceof errors.DBOSUnexpectedStepError) {
        mismatch = new ReplayError(error.message, { cause: error });
        throw mismatch;
      }
      throw error;
    }
  };
}

function receive(waitMs: number | null): Promise<unknown> {
  const timeoutSeconds = waitMs === null ? FOR_EVER_S : waitMs / 1_000;
  return DBOS.recv(undefined, { timeoutSeconds, pollingIntervalMs: LOOK_EVERY_MS });
}
