import type { Durable } from '../ports/durable.ts';
import { isLeaseLost } from '../ports/lease.ts';
import type { Log } from '../ports/log.ts';

/** Before the next try, in milliseconds; the last holds for all further ones. */
const WAITS_MS = [1000, 5000, 30_000];
const LONGEST_MS = 30_000;
/** From this try on it is more than a short fault, and somebody should look. */
const LASTING = 5;
const NOT_DONE = 'not done';

interface Keeping<Result> {
  readonly name: string;
  readonly work: () => Promise<Result>;
}

function levelOf(tries: number): 'warn' | 'error' {
  return tries < LASTING ? 'warn' : 'error';
}

/**
 * Does, as a remembered step, what must not be left out: again and again while the database or GitHub is away, which
 * the log says each time. A waking that ended without keeping it would count as at work for ever, and its member would
 * never wake again. It goes no further once the server is told to end, and rejects with `LeaseLostError`.
 */
export async function insist<Result>(
  { name, work }: Keeping<Result>,
  { durable, log }: { readonly durable: Pick<Durable, 'step' | 'sleep'>; readonly log: Log },
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    const waitMs = WAITS_MS[tries - 1] ?? LONGEST_MS;
    const done = await durable.step(name, async (signal) => {
      try {
        return await work();
      } catch (error) {
        if (isLeaseLost(error)) {
          throw error;
        }
        // What a stop has cut short is done at the next start, and nothing to warn of.
        const level = signal.aborted ? 'debug' : levelOf(tries);
        const again = { error, step: name, tries, againInSeconds: waitMs / 1000 };
        log[level](again, 'what has to be kept could not be; it is tried again');
        return NOT_DONE;
      }
    });
    if (done !== NOT_DONE) {
      return done;
    }
    await durable.sleep(waitMs);
  }
}
