import { advance } from '../domain/advance.ts';
import type { Run } from '../domain/run.ts';
import type { Clock } from '../ports/clock.ts';
import type { Durable } from '../ports/durable.ts';
import type { Engine } from '../ports/engine.ts';
import { REPORTED, type Reporting, reportRun } from './report-run.ts';
import { steeringMessageSchema, toSteered } from './steering-message.ts';

/** What answering in a run's place takes. */
export interface Answering extends Reporting {
  readonly clock: Clock;
  /** Not that of the run, which does not go on. */
  readonly durable: Pick<Durable, 'step' | 'sleep'>;
  readonly engine: Pick<Engine, 'unanswered' | 'takeBack'>;
}

/**
 * Answers, in the place of a run that has ended and does not go on, whoever has spoken to it and heard nothing: what it
 * has not read, and what it had read when something came between that and the answer. The end is saved before this, so a
 * message that comes later is taken back by its sender, who sees the end. Each is taken back only when it is answered:
 * after a crash it is answered again, in the same words and the same place.
 */
export async function answerUnanswered(run: Run, desk: Answering): Promise<void> {
  const { id } = run.order;
  for (const { key, message } of await desk.engine.unanswered(id, REPORTED)) {
    const read = steeringMessageSchema.safeParse(message);
    if (read.success) {
      const decision = advance(run, toSteered(read.data, desk.clock.now()));
      await reportRun(decision, [{ decision, message: read.data }], {
        durable: desk.durable,
        reporting: desk,
      });
    } else {
      desk.log.error({ runId: id, key }, 'what was said to a run cannot be read, so nobody answers it');
    }
    await desk.engine.takeBack(id, key);
  }
}
