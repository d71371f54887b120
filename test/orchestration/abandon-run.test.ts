import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/domain/run.ts';
import { abandonRun } from '../../src/orchestration/abandon-run.ts';
import type { Answering } from '../../src/orchestration/answer-unanswered.ts';
import { REPORTED } from '../../src/orchestration/report-run.ts';
import type { SteeringMessage } from '../../src/orchestration/steering-message.ts';
import type { AnsweringStep } from '../../src/ports/engine.ts';
import { UnreadableRunError } from '../../src/ports/runs.ts';
import { insist } from '../../src/team/insist.ts';
import { SILENT } from '../support/examples.ts';
import { createInMemoryDurable } from '../support/in-memory-durable.ts';
import {
  createInMemoryCodeHost,
  createInMemoryEngine,
  createInMemoryRuns,
} from '../support/in-memory-world.ts';
import { anOrder, MAINTAINER } from '../support/orders.ts';
import { aHeldRun, aSucceededRun } from '../support/runs.ts';

const ORDER = anOrder();
const ABANDONED = { id: ORDER.id, order: ORDER };
const said: SteeringMessage = {
  by: MAINTAINER,
  steer: { kind: 'retry', guidance: '' },
  intentKey: 'comment:901:5:0',
};

/** A run to which this was said, and what ends it. */
async function openDesk(run: Run = aHeldRun(), messages: readonly unknown[] = [said]) {
  const engine = createInMemoryEngine();
  const codeHost = createInMemoryCodeHost();
  const runs = createInMemoryRuns();
  await engine.start({ workflow: 'run', id: ORDER.id, input: ORDER });
  await runs.save(run);
  for (const [index, message] of messages.entries()) {
    await engine.send(ORDER.id, message, `key-${index}`);
  }
  const desk: Answering = {
    engine,
    codeHost,
    runs,
    log: SILENT,
    clock: { now: () => '2026-03-02T10:00:00Z' },
    durable: createInMemoryDurable(() => Promise.resolve(null)),
    present: ({ state }) => [{ kind: 'comment', key: 'progress', body: state }],
    answer: (decision) => [
      { kind: 'comment', key: 'answer', body: decision.kind === 'ignore' ? decision.why : decision.kind },
    ],
    fileIntervention: async () => true,
    isMomentary: () => false,
  };
  function shown(): string[] {
    return codeHost.shown.map(({ surface }) => (surface.kind === 'comment' ? surface.body : surface.key));
  }
  return { desk, engine, codeHost, runs, shown };
}

describe('orchestration/abandon-run', () => {
  it('ends the run, and answers each who has spoken to it in the place where they did', async () => {
    const onPage = { ...said, intentKey: 'comment:901:6:0', page: 43 };
    const { desk, engine, codeHost, runs } = await openDesk(aHeldRun(), [said, onPage]);
    await abandonRun(ABANDONED, 'It did other steps.', desk);
    expect(await runs.find(ORDER.id)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('It did other steps.'),
    });
    const answers = codeHost.shown.filter(({ surface }) => surface.key === 'answer');
    expect(answers.map(({ owner, number }) => [owner, number])).toEqual([
      [said.intentKey, ORDER.subject.number],
      [onPage.intentKey, 43],
    ]);
    expect(await engine.unanswered(ORDER.id, REPORTED)).toEqual([]);
  });

  it('answers who is left when it is done again after a crash, and no other', async () => {
    const { desk, engine, shown } = await openDesk();
    engine.read(ORDER.id);
    await abandonRun(ABANDONED, 'It did other steps.', desk);
    await engine.send(ORDER.id, said, 'later');
    await abandonRun(ABANDONED, 'It did other steps.', desk);
    expect(shown()).toEqual(['failed', 'failed', 'This run has already ended (failed).']);
  });

  it('leaves a run as it is that had ended before', async () => {
    const { desk, runs, shown } = await openDesk(aSucceededRun());
    await abandonRun(ABANDONED, 'It did other steps.', desk);
    expect(await runs.find(ORDER.id)).toEqual(aSucceededRun());
    expect(shown()).toEqual(['succeeded', 'This run has already ended (succeeded).']);
  });

  it('is kept from the others by no message that cannot be read', async () => {
    const { desk, engine, shown } = await openDesk(aHeldRun(), [{ steer: 'dance' }, said]);
    await abandonRun(ABANDONED, 'It did other steps.', desk);
    expect(shown()).toEqual(['failed', 'This run has already ended (failed).']);
    expect(await engine.unanswered(ORDER.id, REPORTED)).toEqual([]);
  });

  it('is done again after a passing fault of the database, wherever that came, and answers once', async () => {
    const { desk, engine, runs, shown } = await openDesk();
    /** The same, but the first time it fails. */
    function shaken<Args extends readonly unknown[], Result>(work: (...args: Args) => Promise<Result>) {
      let left = 1;
      return async (...args: Args): Promise<Result> => {
        left -= 1;
        if (left >= 0) {
          throw new Error('the connection was reset');
        }
        return await work(...args);
      };
    }
    const trembling: Answering = {
      ...desk,
      runs: { ...runs, find: shaken((id: string) => runs.find(id)) },
      engine: {
        unanswered: shaken((id: string, answered: AnsweringStep) => engine.unanswered(id, answered)),
        takeBack: shaken((id: string, key: string) => engine.takeBack(id, key)),
      },
    };
    // As it is wired: nothing of it is remembered.
    const durable: Answering['durable'] = {
      step: (_name, work) => work(new AbortController().signal),
      sleep: async () => undefined,
    };
    await insist(
      {
        name: 'abandon',
        work: () => abandonRun(ABANDONED, 'It did other steps.', { ...trembling, durable }),
      },
      { durable, log: SILENT },
    );
    expect(await runs.hasEnded(ORDER.id)).toBe(true);
    expect(new Set(shown())).toEqual(new Set(['failed', 'This run has already ended (failed).']));
    expect(await engine.unanswered(ORDER.id, REPORTED)).toEqual([]);
  });

  it('ends a run of which nothing can be read but its order', async () => {
    const { desk, runs, shown } = await openDesk();
    const damaged = { ...runs, find: () => Promise.reject(new UnreadableRunError('it is damaged')) };
    await abandonRun(ABANDONED, 'It did other steps.', { ...desk, runs: damaged });
    expect(await runs.hasEnded(ORDER.id)).toBe(true);
    expect(shown()).toEqual(['refused', 'This run has already ended (refused).']);
  });

  it('ends a run of whose order another version wrote a part, and says so to whoever asked for it', async () => {
    const { desk, runs, codeHost } = await openDesk();
    const damaged = { ...runs, find: () => Promise.reject(new UnreadableRunError('it is damaged')) };
    const { ticket: _, ...order } = { ...ORDER, sandbox: 'a jail', branch: 7, requestedAt: 'yesterday' };
    await abandonRun({ id: ORDER.id, order }, 'It cannot be read.', { ...desk, runs: damaged });
    expect(await runs.find(ORDER.id)).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('It cannot be read.'),
      order: { requestedBy: ORDER.requestedBy, requestedAt: '2026-03-02T10:00:00Z' },
    });
    expect(codeHost.shown.map(({ number, owner }) => [number, owner])).toEqual([
      [ORDER.subject.number, ORDER.id],
      [ORDER.subject.number, said.intentKey],
    ]);
  });

  it('ends one of which nothing is known, which can only be told in the log', async () => {
    const { desk, runs, shown } = await openDesk();
    const ended: string[] = [];
    const errors: string[] = [];
    const damaged: Answering['runs'] = {
      ...runs,
      find: () => Promise.reject(new UnreadableRunError('it is damaged')),
      endUnreadable: async (id) => void ended.push(id),
    };
    const log = { ...SILENT, error: (_: object, message: string) => void errors.push(message) };
    await abandonRun({ id: ORDER.id, order: null }, 'It cannot be read.', { ...desk, runs: damaged, log });
    expect(ended).toEqual([ORDER.id]);
    expect(shown()).toEqual([]);
    expect(errors).toHaveLength(1);
  });
});
