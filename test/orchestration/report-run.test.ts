import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/domain/decision.ts';
import type { Run } from '../../src/domain/run.ts';
import { isMomentary } from '../../src/orchestration/perform-step.ts';
import { reportRun } from '../../src/orchestration/report-run.ts';
import { stepKinds } from '../../src/steps/registry.gen.ts';
import { SILENT } from '../support/examples.ts';
import { createInMemoryDurable } from '../support/in-memory-durable.ts';
import { approved, asked, designed, triaged } from '../support/outcomes.ts';
import { happen, runAfter } from '../support/run-after.ts';

const bench = { stepKind: (name: string) => stepKinds.find((kind) => kind.name === name) };

/** Reports a decision and says what was saved and shown, and how long it waited for GitHub, which fails some times. */
async function report(
  decision: Decision,
  failures = 0,
): Promise<{ saved: Run[]; shown: string[]; waits: readonly number[] }> {
  const saved: Run[] = [];
  const shown: string[] = [];
  const durable = createInMemoryDurable(() => Promise.resolve(null));
  let failuresLeft = failures;
  await reportRun(decision, null, {
    durable,
    reporting: {
      runs: {
        save: (run) => Promise.resolve(void saved.push(run)),
        find: () => Promise.resolve(null),
        latest: () => Promise.resolve(null),
        findByPullRequest: () => Promise.resolve(null),
        open: () => Promise.resolve([]),
      },
      codeHost: {
        permissionOf: () => Promise.resolve('none'),
        issue: () => Promise.resolve({ state: 'open', labels: [] }),
        ensure: (_subject, _owner, { key }) => {
          if (failuresLeft > 0) {
            failuresLeft -= 1;
            return Promise.reject(new Error('GitHub does not answer'));
          }
          shown.push(key);
          return Promise.resolve({ number: 1, url: '' });
        },
      },
      log: SILENT,
      present: () => [{ kind: 'comment', key: 'progress', body: 'text' }],
      answer: () => [],
      isMomentary: (run) => isMomentary(run, bench),
    },
  });
  return { saved, shown, waits: durable.sleeps };
}

describe('orchestration/report-run', () => {
  it('shows the way into a step that asks a role', async () => {
    const decision = happen(runAfter([]), triaged);
    expect(await report(decision)).toEqual({ saved: [decision.run], shown: ['progress'], waits: [] });
  });

  it('only saves the way into a step that is over at once', async () => {
    const decision = happen(runAfter([triaged]), designed);
    expect(decision.run).toMatchObject({ step: 'design-approval' });
    expect(await report(decision)).toEqual({ saved: [decision.run], shown: [], waits: [] });
  });

  it('shows what such a step came to', async () => {
    const decision = happen(runAfter([triaged, designed]), asked);
    expect(decision.kind).toBe('hold');
    expect(await report(decision)).toEqual({ saved: [decision.run], shown: ['progress'], waits: [] });
  });

  it('shows the way on after an approval', async () => {
    const decision = happen(runAfter([triaged, designed, asked]), approved());
    expect(decision.run).toMatchObject({ step: 'implementation' });
    expect(await report(decision)).toEqual({ saved: [decision.run], shown: ['progress'], waits: [] });
  });

  it('does not leave a question unasked because GitHub was away', async () => {
    const decision = happen(runAfter([triaged, designed]), asked);
    const { shown, waits } = await report(decision, 4);
    expect(shown).toEqual(['progress']);
    expect(waits).toEqual([1000, 5000, 60_000, 60_000]);
  });

  it('goes on without having shown a step that is under way', async () => {
    const { shown, waits } = await report(happen(runAfter([]), triaged), 4);
    expect(shown).toEqual([]);
    expect(waits).toEqual([1000, 5000]);
  });
});
