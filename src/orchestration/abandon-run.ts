import { advance } from '../domain/advance.ts';
import type { Decision } from '../domain/decision.ts';
import { isEnded, type Run } from '../domain/run.ts';
import { salvageOrder } from '../domain/salvage-order.ts';
import { type Answering, answerUnanswered } from './answer-unanswered.ts';
import { reportRun } from './report-run.ts';
import { tryToFindRun } from './try-to-find-run.ts';

/** A run whose execution cannot go on. */
export interface AbandonedRun {
  readonly id: string;
  /** Its order as the engine has it, be it readable or not. */
  readonly order: unknown;
}

/**
 * Ends a run whose execution cannot go on, from where it was last saved, shows that, and answers whoever spoke to it: it
 * would look alive for ever, and keep its subject from being worked on. May be done again after a crash.
 */
export async function abandonRun({ id, order }: AbandonedRun, cause: string, desk: Answering): Promise<void> {
  const saved = await findSaved({ id, order }, desk);
  if (saved === null) {
    await desk.runs.endUnreadable(id);
    desk.log.error(
      { runId: id, cause },
      'a run was ended of which nothing can be read; nobody could be told',
    );
    return;
  }
  const reason = `Baton cannot go on with this run, by a fault of its own; what it has sealed is kept. ${cause}`;
  const decision: Decision = isEnded(saved)
    ? { kind: 'finish', run: saved }
    : advance(saved, { kind: 'given-up', at: desk.clock.now(), reason });
  await reportRun(decision, [], { durable: desk.durable, reporting: desk });
  await answerUnanswered(decision.run, desk);
}

/** When its row cannot be read, either, nothing is known of how far it had come; what is left of its order ends it. */
async function findSaved({ id, order }: AbandonedRun, { runs, clock }: Answering): Promise<Run | null> {
  const found = await tryToFindRun(id, runs);
  if (found !== null && found !== 'unreadable') {
    return found;
  }
  const left = salvageOrder(order, { id, at: clock.now() });
  return left === null ? null : { state: 'queued', order: left };
}
