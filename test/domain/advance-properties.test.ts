import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../src/domain/advance.ts';
import type { RunEvent } from '../../src/domain/event.ts';
import { type Outcome, outcomeSchema } from '../../src/domain/outcome.ts';
import { DEFAULT_REPOSITORY_SETTINGS } from '../../src/domain/repository-settings.ts';
import { isBegun, isEnded, type Run, runSchema } from '../../src/domain/run.ts';
import type { Steer } from '../../src/domain/steer.ts';
import { aWorkflow, CHOICE, MAINTAINER, REQUESTER, sha } from '../support/orders.ts';
import {
  approved,
  asked,
  built,
  designed,
  failing,
  judged,
  leaking,
  objected,
  proposed,
  reviewed,
} from '../support/outcomes.ts';
import { aQueuedRun } from '../support/runs.ts';

const AT = '2026-03-02T09:59:00.000Z';
const DIGEST = '0123456789ab';
const NOT_BEGUN: RunEvent = { kind: 'not-begun', at: AT, reason: 'gone' };
const BEGUN: RunEvent = {
  kind: 'begun',
  at: AT,
  base: { ref: 'main', sha: sha('a') },
  definition: { workflow: aWorkflow(), roles: {} },
  choice: CHOICE,
  settings: DEFAULT_REPOSITORY_SETTINGS,
};

const anyOutcome: fc.Arbitrary<Outcome> = fc
  .constantFrom(
    designed,
    asked,
    built(sha('b')),
    built(sha('c')),
    judged,
    failing,
    leaking,
    objected,
    reviewed,
    proposed,
    {
      kind: 'broke',
      summary: 'crashed',
      remedy: 'Retry.',
      retriable: true,
    } as const,
  )
  .map((outcome) => outcomeSchema.parse(outcome));

const anySteer: fc.Arbitrary<Steer> = fc.constantFrom(
  approved(),
  approved(sha('b')),
  approved(sha('f')),
  { kind: 'approve', givenAt: '2026-03-02T08:00:00.000Z', head: null },
  { kind: 'reject', givenAt: AT, reason: 'no' },
  { kind: 'retry', guidance: 'again' },
  { kind: 'retry', givenAt: '2026-03-02T08:00:00.000Z', guidance: 'too early' },
);

/** What may come: the attempt the run is at ends, any other attempt ends, anybody steers, it begins again. */
type Coming =
  | { readonly kind: 'own'; readonly outcome: Outcome }
  | { readonly kind: 'event'; readonly event: RunEvent };

const anyComing: fc.Arbitrary<Coming> = fc.oneof(
  { weight: 6, arbitrary: anyOutcome.map((outcome) => ({ kind: 'own', outcome }) as const) },
  {
    weight: 1,
    arbitrary: fc
      .record({ outcome: anyOutcome, step: fc.constantFrom('triage', 'gates', 'review'), attempt: fc.nat(4) })
      .map(
        ({ outcome, step, attempt }) =>
          ({
            kind: 'event',
            event: { kind: 'step-finished', at: AT, step, attempt: attempt + 1, outcome, digest: DIGEST },
          }) as const,
      ),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ steer: anySteer, by: fc.constantFrom(MAINTAINER, REQUESTER) })
      .map(({ steer, by }) => ({ kind: 'event', event: { kind: 'steered', at: AT, by, steer } }) as const),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(BEGUN, NOT_BEGUN).map((event) => ({ kind: 'event', event }) as const),
  },
);

function toEvent(run: Run, coming: Coming): RunEvent | null {
  if (coming.kind === 'event') {
    return coming.event;
  }
  if (run.state !== 'running') {
    return null;
  }
  const { step, attempt } = run;
  return { kind: 'step-finished', at: AT, step, attempt, outcome: coming.outcome, digest: DIGEST };
}

/** Every state the run goes through. */
function statesOf(comings: readonly Coming[]): Run[] {
  const states: Run[] = [aQueuedRun(), advance(aQueuedRun(), BEGUN).run];
  for (const coming of comings) {
    const run = states.at(-1) as Run;
    const event = toEvent(run, coming);
    states.push(event === null ? run : advance(run, event).run);
  }
  return states;
}

const anyStory = fc.array(anyComing, { minLength: 20, maxLength: 60 });

describe('domain/advance: properties', () => {
  it('looks at stories that reach every state', () => {
    const stories = fc.sample(anyStory, { numRuns: 2000, seed: 7 });
    const reached = new Set(stories.flatMap((story) => statesOf(story).map(({ state }) => state)));
    expect([...reached].toSorted()).toEqual(['held', 'queued', 'running', 'succeeded']);
  });

  it('never leaves the union', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        for (const run of statesOf(story)) {
          expect(runSchema.safeParse(run).error).toBeUndefined();
        }
      }),
    );
  });

  it('never records an attempt twice, and never forgets one', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        let before = 0;
        for (const run of statesOf(story).filter(isBegun)) {
          const attempts = run.history.map(({ step, attempt }) => `${step} ${attempt}`);
          expect(new Set(attempts).size).toBe(attempts.length);
          expect(attempts.length).toBeGreaterThanOrEqual(before);
          before = attempts.length;
        }
      }),
    );
  });

  it('never gets stuck: a person can end it from every state, and an ended run never changes', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        for (const run of statesOf(story)) {
          const cancel: RunEvent = {
            kind: 'steered',
            at: AT,
            by: MAINTAINER,
            steer: { kind: 'cancel', reason: 'x' },
          };
          const decision = advance(run, cancel);
          expect(decision.kind).toBe(isEnded(run) ? 'ignore' : 'finish');
          expect(isEnded(run) ? decision.run === run : isEnded(decision.run)).toBe(true);
        }
      }),
    );
  });

  it('never gets stuck: from every state there is an answer that leads on', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        for (const run of statesOf(story).filter((state) => state.state === 'held')) {
          const steers: Steer[] = [
            { kind: 'retry', guidance: '' },
            { kind: 'approve', givenAt: AT, head: run.head === run.base.sha ? null : run.head },
          ];
          const kinds = steers.map(
            (steer) => advance(run, { kind: 'steered', at: AT, by: MAINTAINER, steer }).kind,
          );
          expect(kinds.filter((kind) => kind !== 'ignore')).toHaveLength(1);
        }
      }),
    );
  });

  it('never succeeds without having passed every step', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        for (const run of statesOf(story)) {
          if (run.state === 'succeeded') {
            for (const { id } of run.definition.workflow.steps) {
              const last = run.history.findLast(({ step }) => step === id);
              expect(last?.outcome.kind === 'passed' || last?.decided?.kind === 'approved').toBe(true);
            }
          }
        }
      }),
    );
  });

  it('rejects at most three times in a row before a person is asked', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        for (const run of statesOf(story)) {
          if (run.state === 'running') {
            expect(Math.max(0, ...Object.values(run.rejections))).toBeLessThan(3);
          }
        }
      }),
    );
  });
});
