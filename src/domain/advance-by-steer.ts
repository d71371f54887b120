import { answerApproval } from './answer-approval.ts';
import { answerEscalation } from './answer-escalation.ts';
import type { Decision } from './decision.ts';
import { noteEdit } from './note-edit.ts';
import { answerPause, pause } from './pause.ts';
import { toProgress } from './progress.ts';
import { raiseBudget } from './raise-budget.ts';
import { recordDecision } from './record-decision.ts';
import { rollBack } from './roll-back.ts';
import type { HeldRun, RunningRun } from './run.ts';
import { ignore, type LiveRun, type Steered } from './steered.ts';

/** What follows when a person steers a run that has not ended. */
export function advanceBySteer(run: LiveRun, event: Steered): Decision {
  const { steer } = event;
  if (steer.kind === 'cancel') {
    return { kind: 'finish', run: cancelled(run, event, steer.reason) };
  }
  if (run.state === 'queued') {
    return ignore(run, 'This run has not begun; it can only be cancelled.');
  }
  if (steer.kind === 'merged') {
    return { kind: 'finish', run: merged(run, event) };
  }
  if (steer.kind === 'rollback') {
    return rollBack(run, { ...event, steer });
  }
  if (steer.kind === 'budget') {
    return raiseBudget(run, { ...event, steer });
  }
  if (steer.kind === 'edited') {
    return noteEdit(run, { ...event, steer });
  }
  if (run.state === 'held') {
    return answer(run, event);
  }
  return steer.kind === 'pause'
    ? pause(run, { ...event, steer })
    : ignore(run, 'Nothing is waiting for an answer: the run is running.');
}

function cancelled(run: LiveRun, event: Steered, reason: string) {
  const end = { endedAt: event.at, by: event.by, reason };
  if (run.state === 'queued') {
    return { state: 'withdrawn', order: run.order, ...end } as const;
  }
  return { state: 'cancelled', ...settled(run, event, { kind: 'cancelled', reason }), ...end } as const;
}

/** Whoever merges has decided, whatever the run was still asking or doing. */
function merged(run: RunningRun | HeldRun, event: Steered) {
  const end = { endedAt: event.at, by: event.by };
  return { state: 'merged', ...settled(run, event, { kind: 'merged', reason: '' }), ...end } as const;
}

/** Whoever was asked does not wait for an answer any more. */
function settled(
  run: RunningRun | HeldRun,
  event: Steered,
  decision: Parameters<typeof recordDecision>[2],
): ReturnType<typeof toProgress> {
  const isAsking = run.state === 'held' && run.hold.kind !== 'pause';
  return toProgress(isAsking ? recordDecision(run, event, decision) : run);
}

function answer(run: HeldRun, event: Steered): Decision {
  const { hold } = run;
  if (event.steer.kind === 'pause') {
    return ignore(run, 'This run waits already.');
  }
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
