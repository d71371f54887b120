import type { Probot } from 'probot';
import type { Log } from '../ports/log.ts';
import { systemTimer, type Timer } from './octokit/timer.ts';
import type { Webhook } from './webhooks/parts/define-webhook.ts';

/** One try of GitHub to deliver; what its delivery log says of it. */
export interface Try {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly statusCode: number;
}

interface CatchingUp {
  readonly webhooks: readonly Pick<Webhook, 'event' | 'actions'>[];
  readonly log: Log;
  readonly timer?: Timer;
}

/** GitHub keeps and sends again for three days; a log this long covers that for a busy App. */
const MAX_PAGES = 20;
const PER_PAGE = 100;
/** A delivery that fails this often fails for another reason than our absence. */
const MAX_TRIES = 4;
/** Between two requests, so that catching up leaves room for work, in milliseconds. */
const PAUSE_MS = 100;

/**
 * Asks GitHub to send again what did not reach us: GitHub itself never does. The inbox knows a delivery by its GUID,
 * so whatever did arrive changes nothing. Returns how many were asked for.
 */
export async function redeliverMissed(
  probot: Probot,
  { webhooks, log, timer = systemTimer }: CatchingUp,
): Promise<number> {
  const app = await probot.auth();
  const missed = toMissed(await readTries(app), webhooks);
  for (const { id, guid } of missed) {
    await app.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id });
    log.info({ guid }, 'a webhook that did not reach us is sent again');
    await timer.sleep(PAUSE_MS);
  }
  return missed.length;
}

/** The newest try of each delivery that we listen to and that never got through, oldest first. */
export function toMissed(tries: readonly Try[], webhooks: CatchingUp['webhooks']): Try[] {
  const heard = new Set(
    webhooks.flatMap(({ event, actions }) => actions.map((action) => `${event}.${action}`)),
  );
  const ours = tries.filter(({ event, action }) => heard.has(`${event}.${action ?? ''}`));
  const byGuid = Map.groupBy(ours, ({ guid }) => guid);
  return [...byGuid.values()]
    .filter((own) => own.length < MAX_TRIES && own.every(({ statusCode }) => isAbsence(statusCode)))
    .map((own) => own.reduce((newest, one) => (one.id > newest.id ? one : newest)))
    .toSorted((one, other) => one.id - other.id);
}

/** No answer, or one that says "not now". A 4xx is our word: sending the same again would get the same. */
function isAbsence(statusCode: number): boolean {
  return statusCode === 0 || statusCode >= 500;
}

type App = Awaited<ReturnType<Probot['auth']>>;

async function readTries(app: App): Promise<Try[]> {
  const tries: Try[] = [];
  let page = 0;
  for await (const { data } of app.paginate.iterator(app.rest.apps.listWebhookDeliveries, {
    per_page: PER_PAGE,
  })) {
    tries.push(...data.map(({ status_code: statusCode, ...rest }) => ({ ...rest, statusCode })));
    page += 1;
    if (page === MAX_PAGES) {
      break;
    }
  }
  return tries;
}
