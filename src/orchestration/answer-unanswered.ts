import { advance } from '../domain/advance.ts';
import type { Run } from '../domain/run.ts';
import type { Clock } from '../ports/clock.ts';
import type { Durable } from '../ports/durable.ts';
import type { Engine, UnansweredMessage } from '../ports/engine.ts';
import type { Reporting } from './report-once.ts';
import { REPORTED, reportRun } from './report-run.ts';
import { type Reply, steeringMessageSchema, toSteered } from './steering-message.ts';

/** What answering in a run's place takes. */
export interface Answering extends Reporting {
  readonly clock: Clock;
  /** Not that of the run, which does not go on. */
  readonly durable: Pick<Durable, 'step' | 'sleep'>;
  readonly engine: Pick<Engine, 'start' | 'unanswered' | 'takeBack'>;
}

/**
 * Answers, in the place of a run that has ended and does not go on, whoever has spoken to it and heard nothing: what it
 * has not read, and what it had read when something came between that and the answer. The end is saved before this, so a
 * message that comes later is taken back by its sender, who sees the end. All are taken back only when they are answered:
 * after a crash they are answered again, in the same words and the same place.
 */
export async function answerUnanswered(run: Run, desk: Answering): Promise<void> {
  const { id } = run.order;
  const unanswered = await desk.engine.unanswered(id, REPORTED);
  const replies = unanswered.flatMap(({ key, message }) => toReply(run, { key, message }, desk));
  const decision = replies.at(-1)?.decision;
  if (decision !== undefined) {
    const shown = await reportRun({ decision, replies }, { durable: desk.durable, reporting: desk });
    if (shown === 'unshown') {
      throw new Error(`whoever spoke to ${id} could not be answered, nor could that be kept for later`);
    }
  }
  for (const { key } of unanswered) {
    await desk.engine.takeBack(id, key);
  }
}

function toReply(
  run: Run,
  { key, message }: UnansweredMessage,
  { clock, log }: Pick<Answering, 'clock' | 'log'>,
): readonly Reply[] {
  const read = steeringMessageSchema.safeParse(message);
  if (!read.success) {
    log.error({ runId: run.order.id, key }, 'what was said to a run cannot be read, so nobody answers it');
    return [];
  }
  return [{ decision: advance(run, toSteered(read.data, clock.now())), message: read.data }];
}
