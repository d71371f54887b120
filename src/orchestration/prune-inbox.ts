import type { Deliveries } from '../ports/inbox.ts';
import type { Log } from '../ports/log.ts';

/** GitHub can send a delivery again for three days; one that was forgotten would act again. */
const KEPT_MS = 7 * 24 * 60 * 60_000;
const PRUNE_LIMIT = 1000;

/** Forgets deliveries that cannot come again, a thousand at a time. */
export async function pruneInbox(deliveries: Pick<Deliveries, 'prune'>, log: Log): Promise<void> {
  let pruned = 0;
  let last = PRUNE_LIMIT;
  while (last === PRUNE_LIMIT) {
    last = await deliveries.prune(KEPT_MS, PRUNE_LIMIT);
    pruned += last;
  }
  log.debug({ pruned }, 'old deliveries are forgotten');
}
