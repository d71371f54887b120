import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/domain/run.ts';
import { abandonLate, lateReportSchema, reportLate } from '../../src/orchestration/report-late.ts';
import type { Report, Reporting } from '../../src/orchestration/report-once.ts';
import { present } from '../../src/presentation/present.ts';
import { SILENT } from '../support/examples.ts';
import { createInMemoryDurable } from '../support/in-memory-durable.ts';
import {
  createInMemoryCodeHost,
  createInMemoryEngine,
  createInMemoryRuns,
} from '../support/in-memory-world.ts';
import { anOrder, MAINTAINER } from '../support/orders.ts';
import { happen } from '../support/run-after.ts';
import { aHeldRun, aQueuedRun, aRunningRun, aSucceededRun } from '../support/runs.ts';

const OLD = anOrder({ id: 'old' });
const NEW = anOrder({ id: 'new' });
const CANCELLED = happen(aHeldRun(OLD), { kind: 'cancel', reason: 'no' });
const REVIEWED: Report = {
  decision: { kind: 'finish', run: aSucceededRun(OLD) },
  replies: [],
};

/** Where the old run is told late, after these. */
async function openReporting(...newer: readonly Run[]) {
  const runs = createInMemoryRuns();
  const codeHost = createInMemoryCodeHost();
  for (const run of [aQueuedRun(OLD), ...newer]) {
    await runs.save(run);
  }
  const infos: string[] = [];
  const reporting: Reporting = {
    runs,
    codeHost,
    log: { ...SILENT, info: (_: object, words: string) => void infos.push(words) },
    engine: createInMemoryEngine(),
    present,
    fileIntervention: async () => true,
    answer: () => [{ kind: 'comment', key: 'answer', body: 'done' }],
    isMomentary: () => false,
  };
  return { reporting, runs, codeHost, infos };
}

/** Tells it, and says what kinds of surfaces were shown. */
async function tell(
  late: Report,
  { reporting, codeHost }: Awaited<ReturnType<typeof openReporting>>,
): Promise<string[]> {
  const durable = createInMemoryDurable(() => Promise.resolve(null));
  await reportLate(late, { durable, reporting });
  expect(durable.sleeps).toHaveLength(1);
  return codeHost.shown.map(({ surface }) => surface.kind);
}

describe('orchestration/report-late', () => {
  it('shows all of a run that is still the newest of its subject', async () => {
    const reviewed = await openReporting();
    await tell(REVIEWED, reviewed);
    const shown = new Set(reviewed.codeHost.shown.map(({ surface }) => surface));
    expect(shown).toEqual(new Set(present(REVIEWED.decision.run)));
    const cancelled = await openReporting();
    expect(await tell({ decision: CANCELLED, replies: [] }, cancelled)).toEqual(['comment', 'label']);
  });

  it('leaves the label alone with which a newer run waits, and still answers', async () => {
    const opened = await openReporting(aHeldRun(NEW));
    const message = { by: MAINTAINER, steer: { kind: 'cancel', reason: '' }, intentKey: 'c:1' } as const;
    const replies = [{ decision: CANCELLED, message }];
    expect(await tell({ decision: CANCELLED, replies }, opened)).toEqual(['comment', 'comment']);
  });

  it('takes the label off that no newer run wants', async () => {
    const opened = await openReporting(aRunningRun(NEW));
    expect(await tell({ decision: CANCELLED, replies: [] }, opened)).toEqual(['comment', 'label']);
  });

  it('hides no newer verdict on the same commit behind an old one, also when a third run has come since', async () => {
    for (const newer of [[aSucceededRun(NEW)], [aSucceededRun(NEW), aQueuedRun(anOrder({ id: 'third' }))]]) {
      const opened = await openReporting(...newer);
      expect(new Set(await tell(REVIEWED, opened))).toEqual(new Set(['comment', 'pull-request', 'label']));
    }
  });

  it('looks before each: a run that begins while it is told has its own say', async () => {
    const { reporting, runs, codeHost } = await openReporting();
    codeHost.fault = () => new Error('GitHub is away');
    const durable = createInMemoryDurable(() => Promise.resolve(null));
    async function sleep(ms: number): Promise<void> {
      await durable.sleep(ms);
      if (durable.sleeps.length === 2) {
        codeHost.fault = () => null;
        await runs.save(aSucceededRun(NEW));
      }
    }
    await reportLate(REVIEWED, { durable: { ...durable, sleep }, reporting });
    expect(codeHost.shown.filter(({ surface }) => surface.kind === 'check-run')).toEqual([]);
    expect(durable.sleeps).toHaveLength(2);
  });

  it('does not say of each try that the run has advanced', async () => {
    const opened = await openReporting();
    await tell(REVIEWED, opened);
    expect(opened.infos).toEqual([]);
  });

  it('reads what it was started with, as the engine gives it back', () => {
    const message = { by: MAINTAINER, steer: { kind: 'cancel', reason: '' }, intentKey: 'c:1' } as const;
    const whys = { kind: 'ignore', run: CANCELLED.run, why: 'It has ended.' } as const;
    const late = {
      decision: CANCELLED,
      replies: [
        { decision: { kind: 'hold', run: aHeldRun(OLD) }, message },
        { decision: { kind: 'next', run: aRunningRun(OLD) }, message },
        { decision: whys, message },
      ],
    };
    const stored: unknown = JSON.parse(JSON.stringify(late));
    expect(JSON.parse(JSON.stringify(lateReportSchema.parse(stored)))).toEqual(stored);
  });

  it.each([
    [{ decision: CANCELLED, replies: [{ message: { by: MAINTAINER } }] }, 'acme/orders#42', ['grace']],
    [{ decision: 7, replies: 7 }, undefined, []],
    ['nothing', undefined, []],
  ])('says of one that cannot go on whom it leaves without an answer', (input, subject, people) => {
    const errors: object[] = [];
    const log = { ...SILENT, error: (fields: object) => void errors.push(fields) };
    abandonLate({ id: 'late:old:end', input }, 'another version', log);
    expect(errors).toEqual([{ late: 'late:old:end', subject, people, cause: 'another version' }]);
  });
});
