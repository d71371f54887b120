import fc from 'fast-check';
import type { Actor } from '../../src/domain/actor.ts';
import { advance } from '../../src/domain/advance.ts';
import type { RunEvent } from '../../src/domain/event.ts';
import { type Outcome, type OutcomeInput, outcomeSchema } from '../../src/domain/outcome.ts';
import { DEFAULT_REPOSITORY_SETTINGS } from '../../src/domain/repository-settings.ts';
import type { Run } from '../../src/domain/run.ts';
import type { Steer } from '../../src/domain/steer.ts';
import { type Definition, workflowSchema } from '../../src/domain/workflow.ts';
import { aWorkflow, CHOICE, MAINTAINER, REQUESTER, sha } from './orders.ts';
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
} from './outcomes.ts';
import { aQueuedRun } from './runs.ts';

export const AT = '2026-03-02T09:59:00.000Z';
const EARLY = '2026-03-02T08:00:00.000Z';
const DIGEST = '0123456789ab';
const NOT_BEGUN: RunEvent = { kind: 'not-begun', at: AT, reason: 'gone' };
const GIVEN_UP: RunEvent = { kind: 'given-up', at: AT, reason: 'a fault' };
export const BEGUN: Extract<RunEvent, { kind: 'begun' }> = {
  kind: 'begun',
  at: AT,
  base: { ref: 'main', sha: sha('a') },
  definition: { workflow: aWorkflow(), roles: {} },
  choice: CHOICE,
  settings: DEFAULT_REPOSITORY_SETTINGS,
};

/** A workflow that can be put into the other one. */
const CHOSEN: Definition = {
  workflow: workflowSchema.parse({
    name: 'errand',
    description: 'Two steps.',
    steps: [
      { id: 'look', kind: 'agent', with: { role: 'triage' } },
      { id: 'answer', kind: 'agent', when: { fact: 'size', is: 1 }, with: { role: 'triage' } },
    ],
  }),
  roles: {},
};

/** A question with every way to go on that there is. */
const ESCALATED: OutcomeInput = {
  kind: 'held',
  summary: 'Which?',
  facts: { size: 3 },
  hold: {
    kind: 'escalation',
    trigger: 'conflict',
    question: 'Which?',
    shown: 'Both are asked for.',
    options: [
      { title: 'Again', tradeOff: '', leadsTo: { kind: 'retry', step: 'triage', guidance: 'again' } },
      { title: 'As it is', tradeOff: '', leadsTo: { kind: 'accept', facts: { size: 1 } } },
      { title: 'Something else', tradeOff: '', leadsTo: { kind: 'start', workflow: 'errand' } },
      { title: 'No', tradeOff: '', leadsTo: { kind: 'cancel' } },
    ],
    recommended: 2,
    recommendation: 'Go on.',
    blocked: 'All.',
  },
};

const OUTCOMES: readonly OutcomeInput[] = [
  designed,
  { ...designed, facts: { size: 1 } },
  { ...designed, facts: { size: 2, deep: true } },
  asked,
  built(sha('b')),
  built(sha('c')),
  judged,
  failing,
  leaking,
  objected,
  reviewed,
  proposed,
  ESCALATED,
  { ...designed, chosen: { workflow: 'errand', choice: CHOICE } },
  { kind: 'broke', summary: 'crashed', remedy: 'Retry.', retriable: true },
];

const anyOutcome: fc.Arbitrary<Outcome> = fc
  .constantFrom(...OUTCOMES)
  .map((outcome) => outcomeSchema.parse(outcome));

const STEPS = [...aWorkflow().steps.map(({ id }) => id), 'look', 'answer', 'deployment'];

const anySteer = fc.oneof<fc.MaybeWeightedArbitrary<Steer>[]>(
  {
    weight: 24,
    arbitrary: fc.constantFrom<Steer>(
      approved(),
      approved(sha('f')),
      { kind: 'approve', givenAt: EARLY, head: null },
      { kind: 'approve', givenAt: AT, head: null, digest: 'ffffffffffff' },
      { kind: 'reject', givenAt: AT, reason: 'no' },
      { kind: 'retry', guidance: 'again' },
      { kind: 'retry', givenAt: EARLY, guidance: 'too early' },
      { kind: 'pause', reason: '' },
      { kind: 'resume' },
      { kind: 'moved', head: sha('e') },
      { kind: 'edited', givenAt: AT, differs: true },
      { kind: 'edited', givenAt: EARLY, differs: false },
    ),
  },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom('triage', 'triage', 'triage', ...STEPS)
      .map((step) => ({ kind: 'retry', guidance: `${step} x` })),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(...STEPS).map((step) => ({ kind: 'rollback', step, guidance: '' })),
  },
  {
    weight: 12,
    arbitrary: fc
      .record({ option: fc.integer({ min: 1, max: 5 }), isStale: fc.boolean() })
      .map(({ option, isStale }) => ({
        kind: 'choose',
        option,
        head: null,
        ...(isStale ? { stamp: 'zzz' } : {}),
      })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'cancel', reason: 'enough' }) },
);

/** What may come: the attempt the run is at ends, any other attempt ends, anybody steers, it begins again. */
export type Coming =
  | { readonly kind: 'own'; readonly outcome: Outcome; readonly isThere: boolean }
  | {
      readonly kind: 'steer';
      readonly steer: Steer;
      readonly by: Actor;
      readonly restored: 'restored' | 'moved' | 'failed';
    }
  | { readonly kind: 'event'; readonly event: RunEvent };

const anyComing: fc.Arbitrary<Coming> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('own' as const),
      outcome: anyOutcome,
      isThere: fc.constantFrom(true, true, true, false),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ outcome: anyOutcome, step: fc.constantFrom(...STEPS), attempt: fc.nat(4) })
      .map(({ outcome, step, attempt }) => ({
        kind: 'event' as const,
        event: {
          kind: 'step-finished',
          at: AT,
          step,
          attempt: attempt + 1,
          outcome,
          digest: DIGEST,
        } as const,
      })),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('steer' as const),
      steer: anySteer,
      by: fc.constantFrom(MAINTAINER, REQUESTER),
      restored: fc.constantFrom('restored', 'restored', 'restored', 'moved', 'failed'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(BEGUN, BEGUN, BEGUN, NOT_BEGUN, NOT_BEGUN, NOT_BEGUN, NOT_BEGUN, GIVEN_UP)
      .map((event) => ({ kind: 'event' as const, event })),
  },
);

/** A person steers, nobody in particular unless one is named. */
export function steered(steer: Steer, by: Actor = MAINTAINER): Extract<RunEvent, { kind: 'steered' }> {
  return { kind: 'steered', at: AT, by, steer };
}

/** The same with all that an event is given before the run is advanced by it; the branch is where the run left it. */
export function eventOf(run: Run, steer: Steer, by: Actor = MAINTAINER): RunEvent {
  const isBound = steer.kind === 'choose' || (steer.kind === 'approve' && steer.head === null);
  const head = 'head' in run && run.head !== run.base.sha ? run.head : null;
  return { ...steered(isBound ? { ...steer, head } : steer, by), ...chosenAt(run) };
}

/** Only one step can choose: of two, the second would put in steps that are there already. */
function chosenAt(run: Run): { readonly chosen?: Definition } {
  return 'step' in run && run.step === 'triage' ? { chosen: CHOSEN } : {};
}

function toEvent(run: Run, coming: Coming): RunEvent | null {
  switch (coming.kind) {
    case 'event':
      return coming.event;
    case 'steer': {
      const event = eventOf(run, coming.steer, coming.by);
      return { ...event, restored: coming.restored } as RunEvent;
    }
    case 'own': {
      if (run.state !== 'running') {
        return null;
      }
      const { step, attempt } = run;
      const { outcome, isThere } = coming;
      const event = { kind: 'step-finished', at: AT, step, attempt, outcome, digest: DIGEST } as const;
      return isThere ? { ...event, ...chosenAt(run) } : event;
    }
  }
}

/** Every state the run goes through. Some stories never begin. */
export function statesOf({ begins, comings }: Story): Run[] {
  const states: Run[] = [aQueuedRun(), ...(begins ? [advance(aQueuedRun(), BEGUN).run] : [])];
  for (const coming of comings) {
    const run = states.at(-1) as Run;
    const event = toEvent(run, coming);
    states.push(event === null ? run : advance(run, event).run);
  }
  return states;
}

export interface Story {
  readonly begins: boolean;
  readonly comings: readonly Coming[];
}

export const anyStory: fc.Arbitrary<Story> = fc.record({
  begins: fc.constantFrom(true, true, true, true, true, true, true, false),
  comings: fc.array(anyComing, { minLength: 20, maxLength: 60 }),
});
