import { describe, expect, it } from 'vitest';
import { startRun } from '../../src/orchestration/start-run.ts';
import type { Runs } from '../../src/ports/runs.ts';
import { anIntent, openDesk, openDeskWith } from '../support/intent-desk.ts';
import { aHeldRun, aRunningRun } from '../support/runs.ts';

/** What was shown of a run, in order. */
function progressOf({ codeHost }: ReturnType<typeof openDesk>, id: string): string[] {
  return codeHost.shown.flatMap(({ owner, surface }) =>
    owner === id && surface.kind === 'comment' ? [surface.body] : [],
  );
}

describe('src/orchestration/start-run', () => {
  it('says of a run that has to wait for another that it is queued, before it is handed over', async () => {
    const world = await openDeskWith(aHeldRun());
    const refusing = { ...world.engine, start: () => Promise.reject(new Error('crash')) };
    await expect(startRun(anIntent(), null, { ...world.desk, engine: refusing })).rejects.toThrow('crash');
    expect(world.codeHost.shown.map(({ surface }) => surface)).toMatchObject([{ body: 'queued' }]);
    const { id } = await startRun(anIntent(), null, world.desk);
    expect(new Set(progressOf(world, id))).toEqual(new Set(['queued']));
  });

  it('says nothing of a run that can begin', async () => {
    const world = openDesk();
    const { id } = await startRun(anIntent(), null, world.desk);
    expect(progressOf(world, id)).toEqual([]);
  });

  it('says it also when the other one started at the same moment', async () => {
    const world = openDesk();
    const engine = {
      ...world.engine,
      async start(request: Parameters<typeof world.engine.start>[0]) {
        await world.engine.start(request);
        await world.desk.runs.save(aHeldRun());
      },
    };
    const { id } = await startRun(anIntent(), null, { ...world.desk, engine });
    expect(progressOf(world, id)).toEqual(['queued']);
  });

  it('does not leave a run looking queued that began while that was said', async () => {
    const world = openDesk();
    const { runs } = world.desk;
    let looks = 0;
    const moving: Runs = {
      ...runs,
      async open(subjectKey) {
        const open = await runs.open(subjectKey);
        looks += 1;
        return looks === 1 ? open : [...open, aHeldRun()];
      },
      async find(id) {
        const run = await runs.find(id);
        return run === null ? null : { ...aRunningRun(), order: run.order };
      },
    };
    const { id } = await startRun(anIntent(), null, { ...world.desk, runs: moving });
    expect(progressOf(world, id)).toEqual(['queued', 'running']);
  });
});
