import type { Decision } from './decision.ts';
import { toProgress } from './progress.ts';
import type { Feedback, RunningRun } from './run.ts';

/** Asks a person how to go on, with what is known, the options, and a recommendation. */
export function escalate(
  run: RunningRun,
  why: {
    readonly at: string;
    /** The step that `/baton retry` goes back to. */
    readonly resumeAt: string;
    readonly question: string;
    readonly feedback: Feedback;
    readonly recommendation: string;
  },
): Decision {
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
        question: why.question,
        shown: why.feedback.summary,
        findings: why.feedback.findings,
        openedAt: why.at,
        resumeAt: why.resumeAt,
        options: [
          { command: '/baton retry <guidance>', effect: `goes back to ${why.resumeAt} with your guidance` },
          { command: '/baton cancel', effect: 'ends the run; its branch stays' },
        ],
        recommendation: why.recommendation,
      },
    },
  };
}
