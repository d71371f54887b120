import type { Decision } from './decision.ts';
import { ACCEPT, escalate, titleOf } from './escalate.ts';
import type { RunEvent } from './event.ts';
import type { Feedback } from './feedback.ts';
import type { Option } from './hold.ts';
import { moveOn, recordEnd } from './move-on.ts';
import type { Outcome } from './outcome.ts';
import { atStep, liveHistory, stepAfter, stepOf, toProgress, withoutStep } from './progress.ts';
import { type Chosen, putIn } from './put-in.ts';
import { withWait } from './resume-stopped.ts';
import { toRethought } from './rethink.ts';
import { findRollbackTarget, takenBack } from './roll-back.ts';
import type { HeldRun, Run, RunningRun } from './run.ts';
import { withDebts } from './with-debts.ts';
import { GO_ON } from './workflow.ts';

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
  const outcome = toPossible(event);
  const ended = withDocument(recordEnd(run, { outcome, at: event.at }), outcome);
  switch (outcome.kind) {
    case 'passed':
      return pass(ended, event, outcome);
    case 'rejected':
      return reject(ended, event, outcome);
    case 'broke':
      return repeatOrEscalate(ended, event, outcome);
    case 'held':
      return { kind: 'hold', run: held(ended, event, outcome) };
  }
}

type Passed = Outcome & { kind: 'passed' };

function pass(run: RunningRun, event: Finished, outcome: Passed): Decision {
  const passed: RunningRun = {
    ...withDebts(run, outcome),
    rejections: withoutStep(run.rejections, event.step),
    head: outcome.checkpoint ?? run.head,
    facts: { ...run.facts, ...outcome.facts },
    ...(outcome.pullRequest === undefined ? {} : { pullRequest: outcome.pullRequest }),
  };
  const put = toPutIn(event, outcome);
  return moveOn(put === null ? passed : putIn(passed, put), event.at);
}

/** The workflow that was chosen or laid out; null when there is none. */
function toPutIn({ chosen: definition }: Finished, outcome: Passed): Chosen | null {
  const { chosen, planned, summary } = outcome;
  if (definition === undefined) {
    return null;
  }
  if (planned !== undefined) {
    return { definition, choice: { by: 'spec', type: null, confidence: 1, reasons: [summary] }, task: null };
  }
  return chosen === undefined ? null : { definition, choice: chosen.choice, task: chosen.task ?? null };
}

/** What was chosen may not be there any more, or not fit in: to go on without it would leave the work undone. */
function toPossible({ outcome, chosen }: Finished): Outcome {
  if (outcome.kind !== 'passed' || chosen !== undefined) {
    return outcome;
  }
  const what = outcome.planned === undefined ? outcome.chosen?.workflow : 'of the spec';
  if (what === undefined) {
    return outcome;
  }
  return {
    kind: 'broke',
    summary: `the workflow ${what} cannot be done here`,
    remedy: 'Choose another workflow, or cancel the run and start the one that you want by its name.',
    retriable: true,
    verdicts: [],
  };
}

function reject(run: RunningRun, event: Finished, outcome: Outcome & { kind: 'rejected' }): Decision {
  if (stepOf(run, run.step).onReject === GO_ON) {
    return moveOn(run, event.at);
  }
  const why = {
    at: event.at,
    feedback: { from: event.step, summary: outcome.summary, findings: outcome.findings },
    mayBeAccepted: outcome.verdicts.length === 0,
  };
  return takeBack(run, event, why) ?? sendBack(run, why);
}

interface Rejection {
  readonly at: string;
  readonly feedback: Feedback;
  /** Whether a person may take the work all the same. Never what a gate has failed. */
  readonly mayBeAccepted: boolean;
}

/** With the one that is being dealt with. */
function countRejections(run: RunningRun): number {
  return (run.rejections[run.step] ?? 0) + 1;
}

/** Where a run goes back to when its present step rejects once more; null when it does not give up yet, or has no such place. */
export function givesUpTo(run: RunningRun): string | null {
  const { takeBackTo, maxRejections } = stepOf(run, run.step);
  return takeBackTo === undefined || countRejections(run) < maxRejections ? null : takeBackTo;
}

/** Asks a person how to go on from where nothing was wrong yet. Null when the branch is not back there. */
function takeBack(run: RunningRun, event: Finished, { at, feedback }: Rejection): Decision | null {
  const to = givesUpTo(run);
  const target = to === null ? null : findRollbackTarget(run, to);
  if (to === null || target?.kind !== 'target' || event.restored !== 'restored') {
    return null;
  }
  const resumeAt = stepAfter(run, to)?.id ?? to;
  return escalate(
    { ...run, ...takenBack(run, target, run.history.at(-1)) },
    {
      at,
      trigger: 'rejections',
      resumeAt,
      question: `${titleOf(run, run.step)} has rejected the work ${countRejections(run)} times, so what was written since ${titleOf(run, to)} was taken back. How shall it go on?`,
      feedback,
      recommendation: `Read the findings. Say with \`/baton retry ${resumeAt}\` what has to be done in another way, or change what is asked for.`,
    },
  );
}

/**
 * Back to the step that can mend it, with the findings; after too many rejections to a person.
 * `run` is at the rejecting step.
 */
export function sendBack(run: RunningRun, why: Rejection): Decision {
  const step = stepOf(run, run.step);
  const count = countRejections(run);
  const counted: RunningRun = { ...run, rejections: { ...run.rejections, [step.id]: count } };
  const target = step.onReject === GO_ON ? null : (step.onReject ?? null);
  return target === null || count >= step.maxRejections
    ? giveUp(counted, target, why)
    : { kind: 'return', run: atStep(counted, { step: target, at: why.at, feedback: why.feedback }) };
}

/** What was rejected too often is begun anew further back, where the workflow says so, or a person is asked. */
function giveUp(run: RunningRun, target: string | null, why: Rejection): Decision {
  const { at, feedback } = why;
  const rethought = toRethought(run);
  if (rethought?.kind === 'again') {
    const rejections = withoutStep(run.rejections, run.step);
    return { kind: 'return', run: atStep({ ...run, rejections }, { step: rethought.from, at, feedback }) };
  }
  return escalate(run, {
    at,
    trigger: 'rejections',
    resumeAt: target ?? run.step,
    question: `${titleOf(run, run.step)} ${rethought?.why ?? toRejectedWords(run, target)}. How shall it go on?`,
    feedback,
    options: why.mayBeAccepted ? [ACCEPT] : [],
    recommendation: isJudged(run)
      ? toGateAdvice(run, target)
      : 'Read the findings; if the goal is right, retry with guidance that settles the disputed point.',
  });
}

/** Whether gates have rejected it, which a person can have look again. */
function isJudged({ history, order }: RunningRun): boolean {
  const last = history.at(-1);
  return (
    order.change === undefined && last?.decided === undefined && (last?.outcome.verdicts.length ?? 0) > 0
  );
}

function toGateAdvice(run: RunningRun, target: string | null): string {
  const { branch } = run.order;
  const role =
    target === null ? '' : `say behind \`/baton retry\` how ${titleOf(run, target)} shall mend them; or `;
  return `Read the findings. Then ${role}mend them yourself: push to \`${branch}\`, and write \`/baton retry ${run.step}\`. Is a rule of the repository wrong, such as a threshold? Change it on the default branch, end this run, and start another: rules are read when a run begins.`;
}

function toRejectedWords({ rejections, step }: RunningRun, target: string | null): string {
  return target === null
    ? 'has rejected the work, and no step could mend it'
    : `has rejected the work ${rejections[step]} times`;
}

/** A document about how it ended is on the branch, whoever reads it. */
function withDocument(run: RunningRun, outcome: Outcome): RunningRun {
  return outcome.kind === 'rejected' || outcome.kind === 'held'
    ? { ...run, head: outcome.checkpoint ?? run.head }
    : run;
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
    trigger: 'broken',
    resumeAt: run.step,
    question: `${titleOf(run, run.step)} could not be done. How shall it go on?`,
    feedback,
    recommendation: outcome.remedy,
  });
}

/** How often in a row the present step has broken until now. */
export function trailingBreaks(run: RunningRun): number {
  const own = liveHistory(run).filter((record) => record.step === run.step);
  const lastWhole = own.findLastIndex(
    (record) => record.outcome.kind !== 'broke' || record.decided !== undefined,
  );
  return own.length - 1 - lastWhole;
}

function held(run: RunningRun, event: Finished, outcome: Outcome & { kind: 'held' }): HeldRun {
  const { hold } = outcome;
  const opened = { openedAt: event.at };
  if (hold.kind === 'escalation') {
    const options = hold.options.map((option) => toReachable(run, option));
    return toHeld(run, withWait(run, { ...hold, ...opened, options, resumeAt: run.step }));
  }
  return toHeld(run, { ...hold, ...opened, head: run.head, digest: event.digest });
}

function toHeld(run: RunningRun, hold: HeldRun['hold']): HeldRun {
  return {
    state: 'held',
    ...toProgress(run),
    step: run.step,
    attempt: run.attempt,
    since: run.since,
    hold,
  };
}

/** A question of one of several steps side by side leads back to the step that holds them all: only that one is a step. */
function toReachable(run: RunningRun, option: Option): Option {
  const { leadsTo } = option;
  return leadsTo.kind === 'retry' && !run.definition.workflow.steps.some(({ id }) => id === leadsTo.step)
    ? { ...option, leadsTo: { ...leadsTo, step: run.step } }
    : option;
}
