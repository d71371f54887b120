import { isMet, unmetWords } from './condition.ts';
import type { Decision } from './decision.ts';
import { escalate } from './escalate.ts';
import type { RunEvent } from './event.ts';
import type { Outcome } from './outcome.ts';
import { atStep, stepAfter, stepOf, toProgress, withoutStep, withRecord } from './progress.ts';
import type { HeldRun, Run, RunningRun, StepRecord } from './run.ts';
import { withDebts } from './with-debts.ts';

/** Times a broken tool is tried again by itself before a person is asked. */
const REPEATS_OF_A_BROKEN_STEP = 2;

type Finished = RunEvent & { kind: 'step-finished' };

/** What follows from a finished attempt. */
export function advanceByOutcome(run: Run, event: Finished): Decision {
  if (run.state !== 'running' || run.step !== event.step || run.attempt !== event.attempt) {
    return {
      kind: 'ignore',
      run,
      why: `Attempt ${event.attempt} of ${event.step} is not what this run is doing.`,
    };
  }
  const { outcome } = event;
  switch (outcome.kind) {
    case 'passed':
      return pass(toRecorded(run, event), event, outcome);
    case 'rejected':
      return reject(toRecorded(run, event), event, outcome);
    case 'broke':
      return repeatOrEscalate(toRecorded(run, event), event, outcome);
    case 'held':
      return { kind: 'hold', run: held(toRecorded(run, event), event, outcome) };
  }
}

/** The run with the end of its present attempt on record. */
function toRecorded(
  run: RunningRun,
  { outcome, at }: Pick<StepRecord, 'outcome'> & { at: string },
): RunningRun {
  const { step, attempt, head, since } = run;
  return withRecord(run, { step, attempt, outcome, head, startedAt: since, endedAt: at });
}

function pass(run: RunningRun, event: Finished, outcome: Outcome & { kind: 'passed' }): Decision {
  return moveOn(
    {
      ...withDebts(run, outcome),
      rejections: withoutStep(run.rejections, event.step),
      head: outcome.checkpoint ?? run.head,
      facts: { ...run.facts, ...outcome.facts },
      ...(outcome.pullRequest === undefined ? {} : { pullRequest: outcome.pullRequest }),
    },
    event.at,
  );
}

/** To the next step whose condition holds, or to the end. What is passed over is recorded, with why. */
export function moveOn(run: RunningRun, at: string): Decision {
  const next = stepAfter(run, run.step);
  if (next === null) {
    return { kind: 'finish', run: { state: 'succeeded', ...toProgress(run), endedAt: at } };
  }
  const there = atStep(run, { step: next.id, at });
  if (next.when === undefined || isMet(next.when, run.facts)) {
    return { kind: 'next', run: there };
  }
  const summary = unmetWords(next.when, run.facts);
  return moveOn(toRecorded(there, { outcome: { kind: 'skipped', summary, verdicts: [] }, at }), at);
}

function reject(run: RunningRun, event: Finished, outcome: Outcome & { kind: 'rejected' }): Decision {
  return sendBack(run, {
    at: event.at,
    feedback: { from: event.step, summary: outcome.summary, findings: outcome.findings },
  });
}

/**
 * Back to the step that can mend it, with the findings; after too many rejections to a person.
 * `run` is at the rejecting step.
 */
export function sendBack(
  run: RunningRun,
  why: { readonly at: string; readonly feedback: NonNullable<RunningRun['feedback']> },
): Decision {
  const step = stepOf(run, run.step);
  const count = (run.rejections[step.id] ?? 0) + 1;
  const counted: RunningRun = { ...run, rejections: { ...run.rejections, [step.id]: count } };
  const target = step.onReject ?? null;
  if (target === null || count >= step.maxRejections) {
    return escalate(counted, {
      at: why.at,
      resumeAt: target ?? step.id,
      question:
        target === null
          ? `${step.id} rejected the work and names no step that could mend it.`
          : `${step.id} has rejected the work ${count} times. How shall it go on?`,
      feedback: why.feedback,
      recommendation:
        'Read the findings; if the goal is right, retry with guidance that settles the disputed point.',
    });
  }
  return { kind: 'return', run: atStep(counted, { step: target, at: why.at, feedback: why.feedback }) };
}

function repeatOrEscalate(run: RunningRun, event: Finished, outcome: Outcome & { kind: 'broke' }): Decision {
  const feedback = { from: event.step, summary: outcome.summary, findings: [] };
  if (outcome.retriable && trailingBreaks(run) <= REPEATS_OF_A_BROKEN_STEP) {
    const both =
      run.feedback === undefined
        ? feedback
        : { ...run.feedback, summary: `${run.feedback.summary}\n\n${outcome.summary}` };
    return { kind: 'repeat', run: atStep(run, { step: run.step, at: event.at, feedback: both }) };
  }
  return escalate(run, {
    at: event.at,
    resumeAt: run.step,
    question: `${run.step} could not be done: ${outcome.summary}`,
    feedback,
    recommendation: outcome.remedy,
  });
}

function trailingBreaks(run: RunningRun): number {
  const own = run.history.filter((record) => record.step === run.step);
  const lastWhole = own.findLastIndex(
    (record) => record.outcome.kind !== 'broke' || record.decided !== undefined,
  );
  return own.length - 1 - lastWhole;
}

function held(run: RunningRun, event: Finished, outcome: Outcome & { kind: 'held' }): HeldRun {
  const { kind, ...shown } = outcome.hold;
  return {
    state: 'held',
    ...toProgress(run),
    step: run.step,
    attempt: run.attempt,
    since: run.since,
    hold: { kind, ...shown, openedAt: event.at, head: run.head, digest: event.digest },
  };
}
