import { z } from 'zod';
import type { Engine } from '../ports/engine.ts';
import type { Log } from '../ports/log.ts';
import type { Runs } from '../ports/runs.ts';

/** Name of the durable workflow that ends a run in the place of its own. */
export const END_DEAD_RUN = 'end-dead-run';

/** What that workflow is started with. The order is as the store has it, be it readable or not. */
export const deadRunSchema = z.object({ id: z.string(), order: z.unknown() });

/** What finding them takes. */
export interface DeadRunsDesk {
  readonly runs: Pick<Runs, 'alive' | 'hasEnded'>;
  readonly engine: Pick<Engine, 'gone' | 'start'>;
  readonly log: Log;
}

/**
 * Has the runs ended that look alive and go on no more: their workflow has ended, or is forgotten, by a fault of this
 * version or of one before it. They would keep their subject from being worked on for ever, and hear nobody. Whichever
 * replica finds one, it is ended once.
 */
export async function endDeadRuns({ runs, engine, log }: DeadRunsDesk): Promise<void> {
  const alive = await runs.alive();
  const gone = new Set(await engine.gone(alive.map(({ id }) => id)));
  for (const { id, order } of alive.filter((row) => gone.has(row.id))) {
    // A run's end is saved before its workflow ends, and that may have been a moment ago.
    if (!(await runs.hasEnded(id))) {
      log.error({ runId: id }, 'a run looks alive, but nothing goes on with it; it is ended');
      await engine.start({ workflow: END_DEAD_RUN, id: `dead:${id}`, input: { id, order } });
    }
  }
}
