import type { Intent } from '../domain/intent.ts';
import { isEarlier } from '../domain/is-earlier.ts';
import type { Order, Run } from '../domain/run.ts';
import type { Steer } from '../domain/steer.ts';
import { findOpenRuns, findUnreadableRuns } from './find-open-runs.ts';
import type { Sending, SteeringAsk } from './steering.ts';
import { toUnprepared } from './to-unprepared.ts';

/** What is meant for the runs that wait behind another as well. */
const FOR_ALL: ReadonlySet<Steer['kind']> = new Set(['cancel', 'edited']);

/**
 * The ids of the runs that are meant, the oldest first. Chosen once: when the intent is handled again after a crash,
 * those may have ended, and it must not reach runs that came later.
 */
export async function chooseRuns(ask: SteeringAsk, { intent, world }: Sending): Promise<readonly string[]> {
  return await world.effects.ensure<readonly string[]>({
    key: `${intent.key}/steered-runs`,
    kind: 'steer',
    runId: null,
    lookUp: async () => null,
    async send() {
      const open = await findOpenRuns(intent, world.runs);
      const meant = open.filter((run) => isMeant(run, intent)).map((run) => run.order.id);
      const unreadable =
        toUnprepared(intent, ask) === null ? [] : await findUnreadableRuns(intent, world.runs);
      const ids = unreadable.filter((run) => isAsked(run, intent)).map(({ id }) => id);
      return FOR_ALL.has(ask.kind) ? [...meant, ...ids] : meant.slice(0, 1);
    },
  });
}

/**
 * Webhooks can arrive hours late and in any order, so what was done before a run was asked for is not about that run.
 * Both times are GitHub's.
 */
function isAsked({ requestedAt }: Pick<Order, 'requestedAt'>, { at }: Pick<Intent, 'at'>): boolean {
  return !isEarlier(at, requestedAt);
}

function isMeant({ order }: Run, { source, at }: Intent): boolean {
  return isAsked(order, { at }) && (source.kind !== 'withdrawal' || isWithdrawn(order, source));
}

/** A branch stands behind the run that works on it, a head behind the runs that judge it. */
function isWithdrawn(
  { branch, change }: Order,
  source: Extract<Intent['source'], { kind: 'withdrawal' }>,
): boolean {
  if (source.branch !== undefined) {
    return change === undefined && source.branch === branch;
  }
  return source.head === undefined || (change !== undefined && change.headSha !== source.head);
}
