import type { Decision } from '../../src/domain/decision.ts';
import { type Outcome, type OutcomeInput, outcomeSchema } from '../../src/domain/outcome.ts';
import { DEFAULT_REPOSITORY_SETTINGS } from '../../src/domain/repository-settings.ts';
import type { RunningRun } from '../../src/domain/run.ts';
import type { Steer } from '../../src/domain/steer.ts';
import type { RunLoop } from '../../src/orchestration/execute-run.ts';
import { createInMemoryDurable, type InMemoryDurable } from '../support/in-memory-durable.ts';
import { aWorkflow, CHOICE, MAINTAINER, sha } from '../support/orders.ts';
import { asked, built, designed, judged, proposed, reviewed, triaged } from '../support/outcomes.ts';

const DEFINITION = { workflow: aWorkflow(), roles: {} };
export const GIVEN_AT = '2026-03-02T09:59:30.000Z';
export const whole = [triaged, designed, asked, built(sha('b')), judged, reviewed, proposed];

interface Stage {
  readonly durable: InMemoryDurable;
  readonly loop: RunLoop;
  readonly decisions: Decision[];
  readonly performed: string[];
}

/** A run whose attempts end as scripted; `onHold` is what a person answers when it waits. */
export function setStage(
  script: readonly (OutcomeInput | 'aborted')[],
  {
    onHold = [],
    bases = [{ ref: 'main', sha: sha('a') }],
    mayStart = true,
  }: { onHold?: readonly Steer[]; bases?: readonly unknown[]; mayStart?: boolean } = {},
): Stage {
  const outcomes = [...script];
  const answers = [...onHold];
  const baseAnswers = [...bases];
  const decisions: Decision[] = [];
  const performed: string[] = [];
  async function perform(run: RunningRun): Promise<Outcome | 'aborted'> {
    performed.push(`${run.step} ${run.attempt}`);
    const outcome = outcomes.shift();
    if (outcome === undefined) {
      throw new Error('the script has no outcome left');
    }
    return outcome === 'aborted' ? outcome : outcomeSchema.parse(outcome);
  }
  const durable = createInMemoryDurable((input) => perform(input as RunningRun));
  const loop: RunLoop = {
    clock: { now: () => '2026-03-02T09:59:00.000Z' },
    msBetween: (from, to) => Date.parse(to) - Date.parse(from),
    mayStart: async () => mayStart,
    sayWhenSlow: (_run, work) => work(),
    define: async () => ({
      kind: 'defined',
      definition: DEFINITION,
      choice: CHOICE,
      settings: DEFAULT_REPOSITORY_SETTINGS,
    }),
    defineByName: async () => null,
    defineSteps: async () => null,
    sign: (text) => `signed(${text.length})`,
    removeOwnBranches: async () => undefined,
    workspace: {
      push: async () => ({ kind: 'pushed' }),
      remoteHead: async () => null,
      readTrailers: async () => ({}),
    },
    async readBase() {
      const base = baseAnswers.length > 1 ? baseAnswers.shift() : baseAnswers[0];
      if (base instanceof Error) {
        throw base;
      }
      return base as { ref: string; sha: string };
    },
    readChange: async () => ({ mergeBase: sha('a'), tip: sha('9') }),
    callsOf: (run) =>
      run.step === 'architecture' ? [{ run, limits: { role: 'architect', repository: '901' } }] : [],
    branchesOf: () => [],
    agreeOn: () => [],
    perform,
    holdDigest: () => '0123456789ab',
    async report(decision) {
      decisions.push(decision);
      const answer = decision.kind === 'hold' ? answers.shift() : undefined;
      if (answer !== undefined) {
        durable.send({ by: MAINTAINER, steer: answer, intentKey: 'comment/1/0' });
      }
      return 'shown';
    },
  };
  return { durable, loop, decisions, performed };
}
