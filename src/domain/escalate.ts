import type { Decision } from './decision.ts';
import type { Feedback } from './feedback.ts';
import type { Hold, Option } from './hold.ts';
import { stepOf, toProgress } from './progress.ts';
import type { RunningRun } from './run.ts';

type Escalation = Extract<Hold, { kind: 'escalation' }>;

/** Asks a person how to go on, with what is known, the options, and a recommendation. */
export function escalate(
  run: RunningRun,
  why: Pick<Escalation, 'trigger' | 'resumeAt' | 'question' | 'recommendation'> & {
    readonly at: string;
    readonly feedback: Feedback;
    /** Further options, before those that are always there. */
    readonly options?: readonly Option[];
  },
): Decision {
  const { feedback, at, options = [], ...rest } = why;
  return {
    kind: 'hold',
    run: {
      state: 'held',
      ...toProgress(run),
      step: run.step,
      attempt: run.attempt,
      since: run.since,
      hold: {
        kind: 'escalation',
        ...rest,
        shown: feedback.summary,
        findings: feedback.findings,
        openedAt: at,
        options: [toRetry(run, why.resumeAt), ...options, CANCEL],
        recommended: null,
        blocked: toBlocked(run),
      },
    },
  };
}

/** The end is always among the options. */
export const CANCEL: Option = {
  title: 'End the run',
  tradeOff: 'Nothing is proposed. What was written stays on the branch.',
  leadsTo: { kind: 'cancel' },
};

/** Takes rejected work over the reviewer's head; never offered for what a gate has failed. */
export const ACCEPT: Option = {
  title: 'Go on with the work as it is',
  tradeOff: 'The findings stay open; your name stands beside them in the pull request.',
  leadsTo: { kind: 'accept', facts: {} },
};

function toRetry(run: RunningRun, resumeAt: string): Option {
  return {
    title: `Do ${titleOf(run, resumeAt)} again`,
    tradeOff: 'One more round. Say with `/baton retry` what has to change, or the same may come back.',
    leadsTo: { kind: 'retry', step: resumeAt, guidance: '' },
  };
}

/** What cannot go on: the steps from here to the end. */
function toBlocked(run: RunningRun): string {
  const { steps } = run.definition.workflow;
  const from = steps.findIndex(({ id }) => id === run.step);
  return steps
    .slice(from)
    .map(({ id }) => titleOf(run, id))
    .slice(0, 10)
    .join(', ');
}

/** The name of a step that people are shown. */
export function titleOf(run: RunningRun, id: string): string {
  return stepOf(run, id).title ?? id;
}
