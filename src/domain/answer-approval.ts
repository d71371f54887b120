import { sendBack } from './advance-by-outcome.ts';
import { approversOf, isApprover } from './approvers-of.ts';
import type { Decision } from './decision.ts';
import type { Hold } from './hold.ts';
import { moveOn } from './move-on.ts';
import { atStep, replayFacts, stepOf, withoutStep } from './progress.ts';
import { isTooEarly, recordDecision, STALE_BUTTON, TOO_EARLY } from './record-decision.ts';
import type { HeldRun } from './run.ts';
import { ignore, type Steered, type SteeredBy } from './steered.ts';
import { GO_ON } from './workflow.ts';

type Bound = Extract<Hold, { digest: string }>;

/** What follows when a person answers a question that waits for a yes or a no. */
export function answerApproval(run: HeldRun, hold: Bound, event: Steered): Decision {
  const { steer } = event;
  if (steer.kind === 'approve') {
    return approve(run, hold, { ...event, steer });
  }
  if (steer.kind === 'reject') {
    return reject(run, hold, { ...event, steer });
  }
  if (steer.kind === 'retry' && run.order.change === undefined) {
    return judgeAgain(run, { ...event, steer });
  }
  if (steer.kind === 'moved') {
    return steer.head === run.head
      ? ignore(run, 'The branch is where it was.')
      : reopen(run, event, steer.head);
  }
  return ignore(run, 'This run waits for an approval: answer `/baton approve` or `/baton reject <reason>`.');
}

function reject(run: HeldRun, hold: Bound, event: SteeredBy<'reject'>): Decision {
  const { givenAt, reason, digest } = event.steer;
  if (isTooEarly(givenAt, run)) {
    return ignore(run, TOO_EARLY);
  }
  if (digest !== undefined && digest !== hold.digest) {
    return ignore(run, STALE_BUTTON);
  }
  const decided = recordDecision(run, event, { kind: 'rejected', reason });
  if (stepOf(run, run.step).onReject === GO_ON) {
    return moveOn(decided, event.at);
  }
  return sendBack(decided, {
    at: event.at,
    feedback: {
      from: run.step,
      by: event.by,
      summary: reason === '' ? `${event.by.login} rejected this without a reason.` : reason,
      findings: run.hold.findings,
    },
    mayBeAccepted: false,
  });
}

function approve(run: HeldRun, hold: Bound, event: SteeredBy<'approve'>): Decision {
  const why = objection(run, hold, event);
  if (why !== null) {
    return ignore(run, why);
  }
  const { head } = event.steer;
  if (head !== null && head !== run.head) {
    return reopen(run, event, head);
  }
  const { signed } = event;
  const decided = recordDecision(run, event, {
    kind: 'approved',
    reason: '',
    ...(signed === undefined ? {} : { signed }),
  });
  const facts = replayFacts(decided);
  return moveOn({ ...decided, facts, rejections: withoutStep(decided.rejections, run.step) }, event.at);
}

/** Why an approval does not count, or null. */
function objection(run: HeldRun, hold: Bound, event: SteeredBy<'approve'>): string | null {
  const { steer } = event;
  // Who names the digest has seen what is asked, also when the clocks of GitHub and this machine differ.
  if (steer.digest === undefined && isTooEarly(steer.givenAt, run)) {
    return TOO_EARLY;
  }
  if (steer.digest !== undefined && !hold.digest.startsWith(steer.digest)) {
    return `The approval names ${steer.digest}, but what waits now is ${hold.digest}. Look at what is shown now and approve again.`;
  }
  const barred = hold.kind === 'security' ? barredBecause(run, event) : null;
  if (barred !== null) {
    return barred;
  }
  if (steer.head === null && run.head !== run.base.sha) {
    return `The branch ${run.order.branch} is gone, so there is nothing to approve. Cancel the run, or push the branch back to ${run.head}.`;
  }
  return null;
}

/** Why this person may not release a security hold, or null. */
function barredBecause(run: HeldRun, { by, steer }: SteeredBy<'approve'>): string | null {
  if (by.id === run.order.requestedBy.id) {
    return 'A security hold needs a second person: who requested the run cannot release it.';
  }
  const approvers = approversOf(run);
  return approvers.length === 0 || isApprover(approvers, by, steer.team)
    ? null
    : `Only ${approvers.join(', ')} may release a security hold here; \`security.approvers\` in .github/baton.yml says who.`;
}

/** Somebody has mended it by hand, and wants that looked at. */
function judgeAgain(run: HeldRun, event: SteeredBy<'retry'>): Decision {
  const { givenAt, head = null } = event.steer;
  if (isTooEarly(givenAt, run)) {
    return ignore(run, TOO_EARLY);
  }
  return head === null || head === run.head
    ? ignore(
        run,
        `Nothing was pushed to ${run.order.branch} since this was asked, so there is nothing else to judge. Push the change and ask again, or answer \`/baton approve\` or \`/baton reject <reason>\`.`,
      )
    : reopen(run, event, head);
}

/** Someone pushed to the branch: what was asked is void, and the step is done again on what is there now. */
function reopen(run: HeldRun, event: Steered, head: string): Decision {
  if (run.order.change !== undefined) {
    return ignore(run, 'This run judges one commit and no other. Ask for a review of what is there now.');
  }
  const decided = recordDecision(run, event, { kind: 'voided', reason: `the branch moved to ${head}` });
  return { kind: 'repeat', run: atStep({ ...decided, head }, { step: run.step, at: event.at }) };
}
