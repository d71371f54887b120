import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../src/domain/advance.ts';
import { counts, liveHistory, replayFacts } from '../../src/domain/progress.ts';
import { findRollbackTarget } from '../../src/domain/roll-back.ts';
import { type HeldRun, isBegun, isEnded, type Run, runSchema } from '../../src/domain/run.ts';
import type { Steer } from '../../src/domain/steer.ts';
import { MAINTAINER } from '../support/orders.ts';
import { aQueuedRun } from '../support/runs.ts';
import { AT, anyStory, BEGUN, eventOf, statesOf, steered } from '../support/stories.ts';

/** Checks every state of many stories, together with the one before it. */
function always(check: (run: Run, before: Run) => void): void {
  fc.assert(
    fc.property(anyStory, (story) => {
      const states = statesOf(story);
      for (const [index, run] of states.entries()) {
        check(run, states[index - 1] ?? run);
      }
    }),
    { numRuns: 150 },
  );
}

/** What somebody could answer, of which at least one must lead on. */
function answersTo({ hold, head }: HeldRun): readonly Steer[] {
  switch (hold.kind) {
    case 'approval':
    case 'security':
      return [{ kind: 'approve', givenAt: AT, head }];
    case 'escalation':
      return hold.options.map((_, index) => ({ kind: 'choose', option: index + 1, head }));
    case 'pause':
      return [{ kind: 'resume' }];
  }
}

describe('domain/advance: properties', () => {
  it('looks at stories that reach every state, every hold and a rollback', () => {
    const states = fc.sample(anyStory, { numRuns: 2000, seed: 7 }).flatMap(statesOf);
    expect([...new Set(states.map(({ state }) => state))].toSorted()).toEqual([
      'cancelled',
      'failed',
      'held',
      'queued',
      'refused',
      'running',
      'succeeded',
      'withdrawn',
    ]);
    const holds = states.flatMap((run) => (run.state === 'held' ? [run.hold.kind] : []));
    expect([...new Set(holds)].toSorted()).toEqual(['approval', 'escalation', 'pause', 'security']);
    const begun = states.filter(isBegun);
    expect(begun.some(({ history }) => history.some(({ undone }) => undone === true))).toBe(true);
    expect(begun.some(({ legs }) => legs.some(({ replaced }) => replaced === true))).toBe(true);
    expect(begun.some(({ history }) => history.some(({ decided }) => decided?.kind === 'chosen'))).toBe(true);
  });

  it('never leaves the union', () => {
    always((run) => expect(runSchema.safeParse(run).error).toBeUndefined());
  });

  it('never records an attempt twice, and never forgets or rewrites one', () => {
    always((run, before) => {
      if (!isBegun(run)) {
        return;
      }
      const attempts = run.history.map(({ step, attempt }) => `${step} ${attempt}`);
      expect(new Set(attempts).size).toBe(attempts.length);
      const earlier = isBegun(before) ? before.history : [];
      for (const [index, { step, attempt, head, undone }] of earlier.entries()) {
        expect(run.history[index]).toMatchObject({ step, attempt, head });
        expect(undone === undefined || run.history[index]?.undone === true).toBe(true);
      }
    });
  });

  it('can be ended by a person from every state, and never changes once it has ended', () => {
    always((run, before) => {
      const decision = advance(run, steered({ kind: 'cancel', reason: 'x' }));
      expect(decision.kind).toBe(isEnded(run) ? 'ignore' : 'finish');
      expect(isEnded(run) ? decision.run === run : isEnded(decision.run)).toBe(true);
      expect(!isEnded(before) || run === before).toBe(true);
    });
  });

  it('never gets stuck: from every question some answer leads on', () => {
    always((run) => {
      if (run.state === 'held') {
        const kinds = answersTo(run).map((steer) => advance(run, eventOf(run, steer)).kind);
        expect(kinds.some((kind) => kind !== 'ignore')).toBe(true);
      }
    });
  });

  it('never succeeds without each step that is left counting, or passed over', () => {
    always((run) => {
      if (run.state === 'succeeded') {
        for (const { id } of run.definition.workflow.steps) {
          const last = liveHistory(run).findLast(({ step }) => step === id);
          expect(last !== undefined && (counts(last) || last.outcome.kind === 'skipped')).toBe(true);
        }
      }
    });
  });

  it('is never rejected as often as the step allows while it runs', () => {
    always((run) => {
      if (run.state === 'running') {
        for (const { id, maxRejections } of run.definition.workflow.steps) {
          expect(run.rejections[id] ?? 0).toBeLessThan(maxRejections);
        }
      }
    });
  });

  it('knows at any time what a replay of the attempts that count would know', () => {
    always((run) => {
      if (isBegun(run)) {
        expect(run.facts).toEqual(replayFacts(run));
      }
    });
  });

  it('goes back to a step exactly as that step left it', () => {
    always((run) => {
      if (run.state !== 'running' && run.state !== 'held') {
        return;
      }
      for (const { id } of run.definition.workflow.steps) {
        const target = findRollbackTarget(run, id);
        const rollback: Steer = { kind: 'rollback', step: id, guidance: '' };
        const decision = advance(run, { ...steered(rollback), restored: 'restored' });
        if (target.kind === 'none') {
          expect(decision).toMatchObject({ kind: 'ignore', run });
          continue;
        }
        expect(decision.run).toMatchObject({ head: target.head, rejections: {} });
        const { history } = decision.run as Extract<Run, { history: unknown }>;
        expect(history.slice(0, target.index + 1).some(({ undone }) => undone)).toBe(
          run.history.slice(0, target.index + 1).some(({ undone }) => undone),
        );
        expect(
          history.slice(target.index + 1, run.history.length).every(({ undone }) => undone === true),
        ).toBe(true);
        expect(advance(run, { ...steered(rollback), restored: 'moved' })).toMatchObject({
          kind: 'ignore',
          run,
        });
      }
    });
  });

  it('resumes what was paused with the same step, attempt and feedback', () => {
    always((run) => {
      if (run.state === 'running') {
        const paused = advance(run, steered({ kind: 'pause', reason: '' })).run;
        const resumed = advance(paused, steered({ kind: 'resume' })).run;
        const { interventions: _paused, since: _since, ...rest } = run;
        expect(resumed).toMatchObject(rest);
        expect('feedback' in resumed).toBe('feedback' in run);
      }
    });
  });

  it('is begun only once', () => {
    const run = advance(aQueuedRun(), BEGUN).run;
    expect(advance(run, BEGUN)).toMatchObject({ kind: 'ignore', run });
    expect(advance(run, steered({ kind: 'approve', givenAt: AT, head: null }, MAINTAINER)).kind).toBe(
      'ignore',
    );
  });
});
