import type { Hold } from '../domain/hold.ts';
import { stepAfter } from '../domain/progress.ts';
import type { HeldRun } from '../domain/run.ts';
import { GO_ON } from '../domain/workflow.ts';
import { code } from './fence.ts';
import { inline } from './inline.ts';
import { stepTitle } from './step-title.ts';

/** A line that somebody can write, and what follows from it. */
export type Way = readonly [command: string, effect: string];

/** What can be written to a run that waits, most wanted first. */
export function waysToAnswer(run: HeldRun): readonly Way[] {
  const { hold } = run;
  switch (hold.kind) {
    case 'approval':
    case 'security':
      return waysToApprove(run, hold);
    case 'escalation':
      return [
        ['/baton retry <guidance>', `Goes back to ${stepTitle(run, hold.resumeAt)} with your words.`],
        ...hold.options.map(
          ({ title }, index): Way => [`/baton choose ${index + 1}`, `${inline(title, 200)}.`],
        ),
      ];
    case 'pause':
      return [['/baton resume', 'Goes on.']];
  }
}

/** The answers to a question that waits for a yes or a no. */
export function waysToApprove(run: HeldRun, hold: Extract<Hold, { digest: string }>): readonly Way[] {
  const isOwn = run.order.change === undefined;
  return [
    [`/baton approve ${hold.digest}`, approveEffect(run)],
    ['/baton reject <reason>', rejectEffect(run)],
    // Only the branch of the run can be mended by hand.
    ...(isOwn
      ? ([
          ['/baton retry', `Asks again about what you have pushed to ${code(run.order.branch)} since.`],
        ] as const)
      : []),
    ['/baton cancel', isOwn ? 'Ends the run; its branch stays.' : 'Ends the run.'],
  ];
}

function approveEffect(run: HeldRun): string {
  const next = stepAfter(run, run.step);
  return next === null ? 'Finishes the run.' : `Goes on to ${stepTitle(run, next.id)}.`;
}

function rejectEffect(run: HeldRun): string {
  const target = run.definition.workflow.steps.find((step) => step.id === run.step)?.onReject;
  if (target === GO_ON) {
    return 'Is the result of this step; the run goes on.';
  }
  return target === undefined
    ? 'Stops here and asks how to go on.'
    : `Goes back to ${stepTitle(run, target)} with your reason.`;
}
