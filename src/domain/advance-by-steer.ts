import { answerApproval } from './answer-approval.ts';
import { answerEscalation } from './answer-escalation.ts';
import type { Decision } from './decision.ts';
import { answerPause, pause } from './pause.ts';
import { toProgress } from './progress.ts';
import { recordDecision } from './record-decision.ts';
import { rollBack } from './roll-back.ts';
import type { HeldRun } from './run.ts';
import { ignore, type LiveRun, type Steered } from './steered.ts';

/** What follows when a person steers a run that has not ended. */
export function advanceBySteer(run: LiveRun, event: Steered): Decision {
  const { steer } = event;
  switch (steer.kind) {
    case 'cancel':
      return { kind: 'finish', run: cancelled(run, event, steer.reason) };
    case 'rollback':
      return run.state === 'queued'
        ? ignore(run, 'This run has not begun, so there is nothing to take back.')
        : rollBack(run, { ...event, steer });
    case 'pause':
      return run.state === 'running'
        ? pause(run, { ...event, steer })
        : ignore(
            run,
            run.state === 'held' ? 'This run waits already.' : 'This run has not begun; cancel it instead.',
          );
    default:
      return run.state === 'held'
        ? answer(run, event)
        : ignore(run, `Nothing is waiting for an answer: the run is ${run.state}.`);
  }
}

function cancelled(run: LiveRun, event: Steered, reason: string) {
  const end = { endedAt: event.at, by: event.by, reason };
  if (run.state === 'queued') {
    return { state: 'withdrawn', order: run.order, ...end } as const;
  }
  const decided =
    run.state === 'held' && run.hold.kind !== 'pause'
      ? recordDecision(run, event, { kind: 'cancelled', reason })
      : run;
  return { state: 'cancelled', ...toProgress(decided), ...end } as const;
}

function answer(run: HeldRun, event: Steered): Decision {
  const { hold } = run;
  switch (hold.kind) {
    case 'approval':
    case 'security':
      return answerApproval(run, hold, event);
    case 'escalation':
      return answerEscalation(run, hold, event);
    case 'pause':
      return answerPause(run, hold, event);
  }
}
