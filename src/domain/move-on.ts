import { isMet, unmetWords } from './condition.ts';
import type { Decision } from './decision.ts';
import { escalate, titleOf } from './escalate.ts';
import type { Facts } from './fact.ts';
import { legIndexOf } from './legs-of.ts';
import { atStep, counts, liveHistory, stepAfter, stepOf, toProgress, withRecord } from './progress.ts';
import type { BegunRun, RunningRun, StepRecord } from './run.ts';
import { GO_ON, type Step } from './workflow.ts';

/** From a step that counts to what follows: back by its `again`, to the next step whose condition holds, or to the end. */
export function moveOn(run: RunningRun, at: string): Decision {
  const { again } = stepOf(run, run.step);
  return again === undefined || !isMet(again.when, run.facts)
    ? moveForward(run, at)
    : goAgain(run, { ...again, at });
}

/** To the next step, whatever the present one's `again` says. What is passed over is recorded, with why. */
export function moveForward(run: RunningRun, at: string): Decision {
  const next = stepAfter(run, run.step);
  if (next === null) {
    return { kind: 'finish', run: { state: 'succeeded', ...toProgress(run), endedAt: at } };
  }
  const there = atStep(run, { step: next.id, at });
  const summary = whyPassedOver(next, run.facts);
  if (summary === null) {
    return { kind: 'next', run: there };
  }
  return moveForward(recordEnd(there, { outcome: { kind: 'skipped', summary, verdicts: [] }, at }), at);
}

/** Null when the step is done. */
function whyPassedOver({ enabled, when }: Step, facts: Facts): string | null {
  if (enabled === false) {
    return 'the settings of this repository do not turn it on';
  }
  return when === undefined || isMet(when, facts) ? null : unmetWords(when, facts);
}

function goAgain(
  run: RunningRun,
  { from, atMost, at }: { readonly from: string; readonly atMost: number; readonly at: string },
): Decision {
  if (countRounds(run, stepOf(run, run.step)) <= atMost) {
    return { kind: 'return', run: atStep(run, { step: from, at }) };
  }
  return escalate(run, {
    at,
    trigger: 'rounds',
    resumeAt: from,
    question: `${titleOf(run, run.step)} asks for another round, after ${atMost} of them. How shall it go on?`,
    feedback: {
      from: run.step,
      summary: `The workflow goes back to ${titleOf(run, from)} at most ${atMost} times.`,
      findings: [],
    },
    recommendation:
      'Look at what is left. If it is worth another round, retry; else go on with what is there.',
    options: [
      {
        title: 'Go on without another round',
        tradeOff: 'What is left is not done in this run.',
        leadsTo: { kind: 'accept', facts: {} },
      },
    ],
  });
}

/** How often a step has led on: by passing, by a person's word, or by a rejection that goes on. */
export function countRounds(run: BegunRun, { id, onReject }: Step): number {
  const goesOn = onReject === GO_ON;
  const own = liveHistory(run).filter(({ step }) => step === id);
  return own.filter((record) => counts(record) || (goesOn && record.outcome.kind === 'rejected')).length;
}

/** The run with the end of its present attempt on record. */
export function recordEnd(
  run: RunningRun,
  { outcome, at }: Pick<StepRecord, 'outcome'> & { readonly at: string },
): RunningRun {
  const { step, attempt, head, since } = run;
  const leg = legIndexOf(run, step);
  return withRecord(run, {
    step,
    attempt,
    outcome,
    head,
    startedAt: since,
    endedAt: at,
    ...(leg === undefined ? {} : { leg }),
  });
}
