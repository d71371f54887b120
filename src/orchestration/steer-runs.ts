import type { Answer } from '../domain/answer.ts';
import type { Intent } from '../domain/intent.ts';
import type { Steer } from '../domain/steer.ts';
import { toSubjectKey } from '../domain/subject.ts';
import { chooseRuns } from './choose-runs.ts';
import { findUnreadableRuns } from './find-open-runs.ts';
import { prepareSteer } from './prepare-steer.ts';
import type { Sending, Steering, SteeringAsk } from './steering.ts';
import type { SteeringMessage } from './steering-message.ts';
import { tryToFindRun } from './try-to-find-run.ts';

/** What does not wait until the step under way is done. */
const INTERRUPTING: ReadonlySet<Steer['kind']> = new Set(['cancel', 'merged', 'pause', 'rollback']);

/** Leaves the request in the mailbox of the runs it is about; null when a run will answer it. */
export async function steerRuns(intent: Intent, ask: SteeringAsk, world: Steering): Promise<Answer | null> {
  const ids = await chooseRuns(ask, { intent, world });
  let reached = 0;
  for (const id of ids) {
    const sent = await steerRun(id, ask, { intent, world });
    if (typeof sent !== 'string') {
      return sent;
    }
    reached += sent === 'left' ? 1 : 0;
  }
  return reached > 0 ? null : await nothingToSteer(intent, world);
}

async function nothingToSteer(intent: Intent, { runs }: Steering): Promise<Answer> {
  if (intent.source.kind === 'withdrawal') {
    // Closing an issue is no question, so it gets no answer.
    return { kind: 'accepted' };
  }
  const unreadable = await findUnreadableRuns(intent, runs);
  return unreadable.length > 0
    ? { kind: 'unreadable', ids: unreadable.map(({ id }) => id) }
    : { kind: 'nothing-to-steer', last: await runs.latest(toSubjectKey(intent.subject)) };
}

/** Leaves the message with the run, or says why it is not there: the run will not read it, or what is asked cannot be done. */
async function steerRun(
  id: string,
  ask: SteeringAsk,
  { intent, world }: Sending,
): Promise<'left' | 'unheard' | Answer> {
  const key = `${intent.key}/${id}`;
  const run = await tryToFindRun(id, world.runs);
  const steer = await prepareSteer(run, ask, { intent, world });
  if (steer === null) {
    // It may have been sent before, when the run could be read; whoever asked is told that nothing was done.
    await world.engine.takeBack(id, key);
    return 'unheard';
  }
  if ('refusal' in steer) {
    return steer.refusal;
  }
  await world.engine.send(id, toMessage(intent, steer), key);
  if (await isTooLate(id, key, world)) {
    return 'unheard';
  }
  if (INTERRUPTING.has(steer.kind)) {
    await world.engine.abort(id);
  }
  return 'left';
}

/**
 * Whether the run has ended without reading the message. A run is saved as ended before it reads its mailbox for the
 * last time, and here the message is sent before the run is looked at: so either it is still read, or its end is seen.
 * Which of the two answers is decided by who gets the message.
 */
async function isTooLate(id: string, key: string, { runs, engine }: Steering): Promise<boolean> {
  return (await runs.hasEnded(id)) && (await engine.takeBack(id, key));
}

function toMessage(intent: Intent, steer: Steer): SteeringMessage {
  const { source } = intent;
  return {
    by: intent.actor,
    steer,
    intentKey: intent.key,
    ...(intent.held === undefined ? {} : { permission: intent.held }),
    ...(source.kind === 'withdrawal' ? { unasked: true as const } : {}),
    ...(source.kind === 'comment' ? { commentId: source.commentId } : {}),
    ...(source.kind === 'comment' && source.page !== undefined ? { page: source.page } : {}),
  };
}
