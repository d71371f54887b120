import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/domain/decision.ts';
import type { Run } from '../../src/domain/run.ts';
import { isMomentary } from '../../src/orchestration/perform-step.ts';
import { reportRun } from '../../src/orchestration/report-run.ts';
import type { SteeringMessage } from '../../src/orchestration/steering-message.ts';
import { RefusedError } from '../../src/ports/effects.ts';
import { stepKinds } from '../../src/steps/registry.gen.ts';
import { SILENT } from '../support/examples.ts';
import { createInMemoryDurable } from '../support/in-memory-durable.ts';
import { createInMemoryRuns } from '../support/in-memory-world.ts';
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
    fault = new Error('GitHub does not answer'),
  }: { failures?: number; saveFailures?: number; message?: SteeringMessage | null; fault?: Error } = {},
) {
  const saved: Run[] = [];
  const shown: string[] = [];
  const durable = createInMemoryDurable(() => Promise.resolve(null));
  let failuresLeft = failures;
  let saveFailuresLeft = saveFailures;
  const seen = await reportRun(decision, message === null ? [] : [{ decision, message }], {
    durable,
    reporting: {
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
      answer: () => [{ kind: 'comment', key: 'answer', body: 'done' }],
      isMomentary: (run) => isMomentary(run, bench),
    },
  });
  return { seen, saved, shown, waits: durable.sleeps };
}

describe('orchestration/report-run', () => {
  it('shows the way into a step that asks a role', async () => {
    const decision = happen(runAfter([]), triaged);
    expect(await report(decision)).toEqual({
      seen: 'shown',
      saved: [decision.run],
      shown: ['progress'],
      waits: [],
    });
  });

  it('only saves the way into a step that is over at once', async () => {
    const decision = happen(runAfter([triaged]), designed);
    expect(decision.run).toMatchObject({ step: 'design-approval' });
    expect(await report(decision)).toEqual({
      seen: 'shown',
      saved: [decision.run],
      shown: [],
      waits: [],
    });
  });

  it('shows what such a step came to', async () => {
    const decision = happen(runAfter([triaged, designed]), asked);
    expect(decision.kind).toBe('hold');
    expect(await report(decision)).toEqual({
      seen: 'shown',
      saved: [decision.run],
      shown: ['progress'],
      waits: [],
    });
  });

  it('shows the way on after an approval', async () => {
    const decision = happen(runAfter([triaged, designed, asked]), approved());
    expect(decision.run).toMatchObject({ step: 'implementation' });
    expect(await report(decision)).toEqual({
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
});
