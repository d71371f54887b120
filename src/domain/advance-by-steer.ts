import { moveOn, sendBack } from './advance-by-outcome.ts';
import type { Decision } from './decision.ts';
import type { RunEvent } from './event.ts';
import type { Hold } from './hold.ts';
import { isEarlier } from './is-earlier.ts';
import { atStep, toProgress, withoutStep } from './progress.ts';
import type { HeldRun, QueuedRun, RunningRun, StepRecord } from './run.ts';
import type { Steer } from './steer.ts';

type Steered = RunEvent & { kind: 'steered' };
type Bound = Extract<Hold, { digest: string }>;
type Live = QueuedRun | RunningRun | HeldRun;

/** It lay in the mailbox while a step was done, and may be meant for something else. */
const TOO_EARLY =
  'The answer was given before this was asked, so it does not count. Look at what is shown now and answer again.';

/** What follows when a person steers a run that has not ended. */
export function advanceBySteer(run: Live, event: Steered): Decision {
  if (event.steer.kind === 'cancel') {
    return { kind: 'finish', run: cancelled(run, event, event.steer.reason) };
  }
  if (run.state !== 'held') {
    return { kind: 'ignore', run, why: `Nothing is waiting for an answer: the run is ${run.state}.` };
  }
  return run.hold.kind === 'escalation'
    ? answerEscalation(run, run.hold, event)
    : answerApproval(run, run.hold, event);
}

function cancelled(run: Live, event: Steered, reason: string) {
  const end = { endedAt: event.at, by: event.by, reason };
  if (run.state === 'queued') {
    return { state: 'withdrawn', order: run.order, ...end } as const;
  }
  const decided = run.state === 'held' ? decide(run, event, { kind: 'cancelled', reason }) : run;
  return { state: 'cancelled', ...toProgress(decided), ...end } as const;
}

function answerEscalation(run: HeldRun, hold: Hold & { kind: 'escalation' }, event: Steered): Decision {
  if (event.steer.kind !== 'retry') {
    return {
      kind: 'ignore',
      run,
      why: `This run asks how to go on; it can be answered by ${hold.options.map((option) => `\`${option.command}\``).join(' or ')}.`,
    };
  }
  const { guidance, givenAt } = event.steer;
  if (isTooEarly(givenAt, hold)) {
    return { kind: 'ignore', run, why: TOO_EARLY };
  }
  const decided = decide(run, event, { kind: 'retried', reason: guidance });
  const rejections = withoutStep(decided.rejections, run.step);
  const feedback = {
    from: run.step,
    summary: guidance === '' ? hold.shown : `Guidance from ${event.by.login}: ${guidance}\n\n${hold.shown}`,
    findings: hold.findings,
  };
  return {
    kind: 'return',
    run: atStep({ ...decided, rejections }, { step: hold.resumeAt, at: event.at, feedback }),
  };
}

function answerApproval(run: HeldRun, hold: Bound, event: Steered): Decision {
  switch (event.steer.kind) {
    case 'approve':
      return approve(run, hold, { ...event, steer: event.steer });
    case 'reject':
      return isTooEarly(event.steer.givenAt, hold)
        ? { kind: 'ignore', run, why: TOO_EARLY }
        : refuse(run, event, event.steer.reason);
    case 'retry':
    case 'cancel':
      return {
        kind: 'ignore',
        run,
        why: 'This run waits for an approval: answer `/baton approve` or `/baton reject <reason>`.',
      };
  }
}

function refuse(run: HeldRun, event: Steered, reason: string): Decision {
  const decided = decide(run, event, { kind: 'rejected', reason });
  return sendBack(decided, {
    at: event.at,
    feedback: {
      from: run.step,
      summary: `${event.by.login} rejected it: ${reason}`,
      findings: run.hold.findings,
    },
  });
}

type Approval = Steered & { steer: Steer & { kind: 'approve' } };

function approve(run: HeldRun, hold: Bound, event: Approval): Decision {
  const why = objection(run, hold, event);
  if (why !== null) {
    return { kind: 'ignore', run, why };
  }
  if (isHeadMoved(run, event.steer.head)) {
    return reopen(run, event);
  }
  const decided = decide(run, event, { kind: 'approved', reason: '' });
  return moveOn({ ...decided, rejections: withoutStep(decided.rejections, run.step) }, event.at);
}

/** Why an approval does not count, or null. */
function objection(run: HeldRun, hold: Bound, event: Approval): string | null {
  const { steer } = event;
  // Who names the digest has seen what is asked, also when the clocks of GitHub and this machine differ.
  if (steer.digest === undefined && isTooEarly(steer.givenAt, hold)) {
    return TOO_EARLY;
  }
  if (steer.digest !== undefined && !hold.digest.startsWith(steer.digest)) {
    return `The approval names ${steer.digest}, but what waits now is ${hold.digest}. Look at what is shown now and approve again.`;
  }
  if (hold.kind === 'security' && event.by.id === run.order.requestedBy.id) {
    return 'A security hold needs a second person: who requested the run cannot release it.';
  }
  if (steer.head === null && run.head !== run.base.sha) {
    return `The branch ${run.order.branch} is gone, so there is nothing to approve. Cancel the run, or push the branch back to ${run.head}.`;
  }
  return null;
}

/** Buttons have no time. */
function isTooEarly(givenAt: string | undefined, { openedAt }: Hold): boolean {
  return givenAt !== undefined && isEarlier(givenAt, openedAt);
}

function isHeadMoved(run: HeldRun, liveHead: string | null): boolean {
  return liveHead !== null && liveHead !== run.head;
}

/** Someone pushed to the branch: the approval is void and the step is done again on what is there now. */
function reopen(run: HeldRun, event: Approval): Decision {
  const head = event.steer.head ?? run.head;
  const decided = decide(run, event, { kind: 'voided', reason: `the branch moved to ${head}` });
  return { kind: 'repeat', run: atStep({ ...decided, head }, { step: run.step, at: event.at }) };
}

/** The run at its held step again, with the person's decision on the record of the attempt it is about. */
function decide(
  run: HeldRun,
  event: Steered,
  decision: Pick<NonNullable<StepRecord['decided']>, 'kind' | 'reason'>,
): RunningRun {
  const last = run.history.length - 1;
  return {
    state: 'running',
    ...toProgress(run),
    history: run.history.map((record, index) =>
      index === last ? { ...record, decided: { by: event.by, at: event.at, ...decision } } : record,
    ),
    step: run.step,
    attempt: run.attempt,
    since: run.since,
  };
}
