import { describe, expect, it } from 'vitest';
import { END_DEAD_RUN, endDeadRuns } from '../../src/orchestration/end-dead-runs.ts';
import { SILENT } from '../support/examples.ts';
import { createInMemoryEngine, createInMemoryRuns } from '../support/in-memory-world.ts';
import { anOrder } from '../support/orders.ts';
import { aHeldRun, aSucceededRun } from '../support/runs.ts';

const ORDER = anOrder();

async function openDesk() {
  const engine = createInMemoryEngine();
  const runs = createInMemoryRuns();
  await runs.save(aHeldRun());
  return { engine, runs, log: SILENT };
}

describe('orchestration/end-dead-runs', () => {
  it('has a run ended with which nothing goes on, once', async () => {
    const desk = await openDesk();
    await endDeadRuns(desk);
    await endDeadRuns(desk);
    expect(desk.engine.started).toEqual([
      { workflow: END_DEAD_RUN, id: `dead:${ORDER.id}`, input: { id: ORDER.id, order: ORDER } },
    ]);
  });

  it('leaves one alone that goes on', async () => {
    const desk = await openDesk();
    await desk.engine.start({ workflow: 'run', id: ORDER.id, input: ORDER });
    await endDeadRuns(desk);
    expect(desk.engine.started).toHaveLength(1);
  });

  it('leaves one alone that has ended since it was listed', async () => {
    const desk = await openDesk();
    const engine = {
      ...desk.engine,
      async gone(ids: readonly string[]) {
        await desk.runs.save(aSucceededRun());
        return ids;
      },
    };
    await endDeadRuns({ ...desk, engine });
    expect(desk.engine.started).toEqual([]);
  });
});
