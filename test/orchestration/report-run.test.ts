import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/domain/decision.ts';
import type { Run } from '../../src/domain/run.ts';
import { isMomentary } from '../../src/orchestration/perform-step.ts';
import { lateReportSchema, reportLate } from '../../src/orchestration/report-late.ts';
import type { Reporting } from '../../src/orchestration/report-once.ts';
import { reportRun } from '../../src/orchestration/report-run.ts';
import type { SteeringMessage } from '../../src/orchestration/steering-message.ts';
import { RefusedError } from '../../src/ports/effects.ts';
import { stepKinds } from '../../src/steps/registry.gen.ts';
import { SILENT } from '../support/examples.ts';
import { createInMemoryDurable } from '../support/in-memory-durable.ts';
import { createInMemoryEngine, createInMemoryRuns } from '../support/in-memory-world.ts';
import { MAINTAINER } from '../support/orders.ts';
import { approved, asked, designed, triaged } from '../support/outcomes.ts';
import { happen, runAfter } from '../support/run-after.ts';
import { aHeldRun } from '../support/runs.ts';

const bench = { stepKind: (name: string) => stepKinds.find((kind) => kind.name === name) };

/** Reports a decision and says what was saved and shown, and how long it waited for GitHub, which fails some times. */
async function report(
  decision: Decision,
  {
    failures = 0,
    saveFailures = 0,
    message = null,
    behind = [],
    answer = () => 'answer',
    fault = new Error('GitHub does not answer'),
  }: {
    failures?: number;
    saveFailures?: number;
    message?: SteeringMessage | null;
    behind?: readonly SteeringMessage[];
    answer?: (message: SteeringMessage) => string;
    fault?: Error;
  } = {},
) {
  const saved: Run[] = [];
  const shown: string[] = [];
  const durable = createInMemoryDurable(() => Promise.resolve(null));
  let failuresLeft = failures;
  let saveFailuresLeft = saveFailures;
  const engine = createInMemoryEngine();
  const messages = message === null ? behind : [message, ...behind];
  const whole = { decision, replies: messages.map((one) => ({ decision, message: one })) };
  const reporting: Reporting = {
    engine,
    runs: {
      ...createInMemoryRuns(),
      save(run) {
        if (saveFailuresLeft > 0) {
          saveFailuresLeft -= 1;
          return Promise.reject(new Error('no database'));
        }
        saved.push(run);
        return Promise.resolve();
      },
    },
    fileIntervention: () => Promise.resolve(true),
    codeHost: {
      permissionOf: () => Promise.resolve('none'),
      issue: () => Promise.resolve({ state: 'open', labels: [], isPullRequest: false }),
      pullRequest: () => Promise.reject(new Error('a report reads no pull request')),
      isMerged: () => Promise.reject(new Error('a report asks for no merge')),
      ensureIssue: () => Promise.reject(new Error('a report files no issue')),
      isInTeam: () => Promise.reject(new Error('a report asks for no team')),
      mergePullRequest: () => Promise.reject(new Error('a report merges nothing')),
      ensure: (_subject, _owner, { key }) => {
        if (failuresLeft > 0) {
          failuresLeft -= 1;
          return Promise.reject(fault);
        }
        shown.push(key);
        return Promise.resolve({ number: 1, url: '' });
      },
    },
    log: SILENT,
    present: () => [{ kind: 'comment', key: 'progress', body: 'text' }],
    answer: (_, said) => [{ kind: 'comment', key: answer(said), body: 'done' }],
    isMomentary: (run) => isMomentary(run, bench),
  };
  const seen = await reportRun(whole, { durable, reporting });
  return { seen, saved, shown, waits: durable.sleeps, handedOver: engine.started, reporting };
}

describe('orchestration/report-run', () => {
  it('shows the way into a step that asks a role', async () => {
    const decision = happen(runAfter([]), triaged);
    expect(await report(decision)).toMatchObject({
      seen: 'shown',
      saved: [decision.run],
      shown: ['progress'],
      waits: [],
    });
  });

  it('only saves the way into a step that is over at once', async () => {
    const decision = happen(runAfter([triaged]), designed);
    expect(decision.run).toMatchObject({ step: 'design-approval' });
    expect(await report(decision)).toMatchObject({
      seen: 'shown',
      saved: [decision.run],
      shown: [],
      waits: [],
    });
  });

  it('shows what such a step came to', async () => {
    const decision = happen(runAfter([triaged, designed]), asked);
    expect(decision.kind).toBe('hold');
    expect(await report(decision)).toMatchObject({
      seen: 'shown',
      saved: [decision.run],
      shown: ['progress'],
      waits: [],
    });
  });

  it('shows the way on after an approval', async () => {
    const decision = happen(runAfter([triaged, designed, asked]), approved());
    expect(decision.run).toMatchObject({ step: 'implementation' });
    expect(await report(decision)).toMatchObject({
      seen: 'shown',
      saved: [decision.run],
      shown: ['progress'],
      waits: [],
    });
  });

  it('goes on without having shown a step that is under way, and says so', async () => {
    const { seen, shown, waits } = await report(happen(runAfter([]), triaged), { failures: 4 });
    expect([seen, shown, waits]).toEqual(['unshown', [], [1000, 5000]]);
  });

  it('waits longer to show an end, since nothing comes after it', async () => {
    const decision = happen(aHeldRun(), { kind: 'cancel', reason: 'no' });
    const { seen, shown, waits } = await report(decision, { failures: 5 });
    expect([seen, shown, waits.length]).toEqual(['shown', ['progress'], 5]);
  });

  it('answers whoever steered, and changes nothing else when that had no effect', async () => {
    const steer = { kind: 'retry', guidance: '' } as const;
    const message = { by: MAINTAINER, steer, intentKey: 'comment:1', page: 43 };
    const ignored = await report(happen(aHeldRun(), steer), { message });
    expect([ignored.saved, ignored.shown]).toEqual([[], ['answer']]);
    const finished = await report(happen(aHeldRun(), { kind: 'cancel', reason: '' }), { message });
    expect(finished.shown).toEqual(['progress', 'answer']);
  });

  it('is done with what GitHub refuses, such as a comment on a locked issue', async () => {
    const fault = new RefusedError('locked');
    const { seen, waits } = await report(happen(runAfter([]), triaged), { failures: 1, fault });
    expect([seen, waits]).toEqual(['shown', []]);
  });

  it('shows nothing that is not saved', async () => {
    const { saved, shown, waits } = await report(happen(runAfter([]), triaged), { saveFailures: 1 });
    expect([saved.length, shown, waits]).toEqual([1, ['progress'], [1000]]);
    const never = await report(happen(runAfter([]), triaged), { saveFailures: 9 });
    expect([never.seen, never.shown]).toEqual(['unshown', []]);
  });

  it('tries each reply by itself: one that cannot be made holds up nobody behind it', async () => {
    const steer = { kind: 'retry', guidance: '' } as const;
    const first = { by: MAINTAINER, steer, intentKey: 'comment:1' };
    let tries = 0;
    const { seen, shown } = await report(happen(aHeldRun(), steer), {
      message: first,
      behind: [{ ...first, intentKey: 'comment:2' }],
      answer({ intentKey }) {
        tries += intentKey === first.intentKey ? 1 : 0;
        if (intentKey === first.intentKey && tries < 3) {
          throw new Error('nothing can be said to that');
        }
        return intentKey;
      },
    });
    expect([seen, shown]).toEqual(['shown', ['comment:2', 'comment:2', 'comment:1', 'comment:2']]);
  });

  it('is kept from answering by nothing that cannot be shown of the run itself', async () => {
    const steer = { kind: 'cancel', reason: '' } as const;
    const message = { by: MAINTAINER, steer, intentKey: 'comment:1' };
    const { shown } = await report(happen(aHeldRun(), steer), { message, failures: 1 });
    expect(shown[0]).toBe('answer');
  });

  it('hands over what GitHub has not taken of an end, and goes on telling it until GitHub does', async () => {
    const steer = { kind: 'cancel', reason: 'no' } as const;
    const message = { by: MAINTAINER, steer, intentKey: 'comment:1' };
    const { seen, shown, handedOver, reporting } = await report(happen(aHeldRun(), steer), {
      message,
      failures: 7 * 2 + 3,
    });
    expect([seen, shown, handedOver.map(({ workflow }) => workflow)]).toEqual(['shown', [], ['late-report']]);
    const durable = createInMemoryDurable(() => Promise.resolve(null));
    // As the engine gives it back.
    const late = lateReportSchema.parse(JSON.parse(JSON.stringify(handedOver[0]?.input)));
    await reportLate(late, { durable, reporting });
    expect([shown, durable.sleeps.length]).toEqual([['answer', 'progress', 'answer'], 3]);
  });

  it('gives up after three days, and says so', async () => {
    const { handedOver, reporting } = await report(happen(aHeldRun(), { kind: 'cancel', reason: 'no' }), {
      failures: 1000,
    });
    const errors: string[] = [];
    const durable = createInMemoryDurable(() => Promise.resolve(null));
    const late = lateReportSchema.parse(JSON.parse(JSON.stringify(handedOver[0]?.input)));
    const log = { ...SILENT, error: (_: object, words: string) => void errors.push(words) };
    await reportLate(late, { durable, reporting: { ...reporting, log } });
    expect(errors).toEqual([expect.stringContaining('for 3 days; it is given up')]);
    expect(durable.sleeps.reduce((sum, ms) => sum + ms, 0)).toBe(3 * 24 * 60 * 60_000);
  });

  it('owes what cannot even be kept for later', async () => {
    const steer = { kind: 'cancel', reason: 'no' } as const;
    const { reporting } = await report(happen(aHeldRun(), steer));
    const durable = createInMemoryDurable(() => Promise.resolve(null));
    const engine = { start: () => Promise.reject(new Error('no database')) };
    function present(): never {
      throw new Error('nothing can be said of that');
    }
    const decision = happen(aHeldRun(), steer);
    const seen = await reportRun(
      { decision, replies: [] },
      { durable, reporting: { ...reporting, engine, present } },
    );
    expect(seen).toBe('unshown');
  });
});
