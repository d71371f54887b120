import type { Probot } from 'probot';
import type { Clock } from '../ports/clock.ts';
import { isLeaseLost } from '../ports/lease.ts';
import type { Log } from '../ports/log.ts';
import { systemTimer, type Timer } from './octokit/timer.ts';
import { isAbsent, type ReadTries, readTries, type Try } from './read-tries.ts';
import type { Webhook } from './webhooks/parts/define-webhook.ts';

interface CatchingUp {
  readonly webhooks: readonly Pick<Webhook, 'event' | 'actions'>[];
  /** The time as GitHub tells it. */
  readonly clock: Clock;
  readonly log: Log;
  readonly timer?: Timer;
}

const PER_PAGE = 100;
/** GitHub sends nothing again that is older. */
const KEPT_MS = 3 * 24 * 60 * 60_000;
/**
 * Between the first two tries after GitHub's own, in milliseconds; then twice as long each time, up to the last. What is in
 * the way can be a proxy or a certificate, while we are up: an hour of that must not use up all tries.
 */
const FIRST_WAIT_MS = 4.5 * 60_000;
const LONGEST_WAIT_MS = 6 * 60 * 60_000;
/** Between two requests, so that catching up leaves room for work, in milliseconds. */
const PAUSE_MS = 100;

/**
 * Asks GitHub to send again what did not reach us: GitHub itself never does. The inbox knows a delivery by its GUID,
 * so whatever did arrive changes nothing. Returns how many were asked for. Rejects with `LeaseLostError` when this process must
 * not ask any more.
 */
export async function redeliverMissed(
  probot: Probot,
  { webhooks, clock, log, timer = systemTimer }: CatchingUp,
): Promise<number> {
  const app = await probot.auth();
  const nowMs = Date.parse(clock.now());
  const { tries, cutAt } = await readLog(app, nowMs - KEPT_MS);
  if (cutAt !== null) {
    log.warn({ cutAt }, 'so many webhooks did not reach us that older ones are not asked for yet');
  }
  const missed = toMissed(tries, webhooks, nowMs);
  for (const { id, guid } of missed) {
    try {
      await app.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id });
      log.info({ guid }, 'a webhook that did not reach us is sent again');
    } catch (error) {
      if (isLeaseLost(error)) {
        throw error;
      }
      // One that GitHub will not send must not hold up the others.
      log.warn({ guid, error }, 'a webhook that did not reach us could not be asked for');
    }
    await timer.sleep(PAUSE_MS);
  }
  return missed.length;
}

/**
 * The newest try of each delivery that we listen to and that never got through, oldest first; those whose next try is due.
 * A replica that has just asked made it not due for the others.
 */
export function toMissed(tries: readonly Try[], webhooks: CatchingUp['webhooks'], nowMs: number): Try[] {
  const heard = new Set(
    webhooks.flatMap(({ event, actions }) => actions.map((action) => `${event}.${action}`)),
  );
  const ours = tries.filter(({ event, action }) => heard.has(`${event}.${action ?? ''}`));
  const byGuid = Map.groupBy(ours, ({ guid }) => guid);
  return [...byGuid.values()]
    .filter((own) => own.every(isAbsent) && isDue(own, nowMs))
    .map((own) => own.reduce((newest, one) => (one.id > newest.id ? one : newest)))
    .toSorted((one, other) => one.id - other.id);
}

/** GitHub's own try is repeated at once: most often we were away, and are back. */
function isDue(own: readonly Try[], nowMs: number): boolean {
  const times = own.map(({ deliveredAt }) => Date.parse(deliveredAt));
  const waitMs = own.length === 1 ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (own.length - 2), LONGEST_WAIT_MS);
  return nowMs - Math.max(...times) >= waitMs && nowMs - Math.min(...times) < KEPT_MS;
}

type App = Awaited<ReturnType<Probot['auth']>>;

async function readLog(app: App, sinceMs: number): Promise<ReadTries> {
  async function* pages(): AsyncGenerator<readonly Try[]> {
    for await (const { data } of app.paginate.iterator(app.rest.apps.listWebhookDeliveries, {
      per_page: PER_PAGE,
    })) {
      yield data.map(({ status_code: statusCode, delivered_at: deliveredAt, ...rest }) => ({
        ...rest,
        statusCode,
        deliveredAt,
      }));
    }
  }
  return await readTries(pages(), sinceMs);
}
