import type { Decision } from './decision.ts';
import type { Hold } from './hold.ts';
import { toProgress } from './progress.ts';
import type { HeldRun, Intervention, RunningRun } from './run.ts';
import { ignore, type Steered, type SteeredBy } from './steered.ts';

/** Interrupts the attempt; it is made again, from the same commit, when the run is resumed. */
export function pause(run: RunningRun, event: SteeredBy<'pause'>): Decision {
  const { reason } = event.steer;
  const { step, attempt, since, feedback } = run;
  return {
    kind: 'hold',
    run: {
      state: 'held',
      ...toProgress(run),
      interventions: [...run.interventions, toIntervention(run, event, { kind: 'paused', reason })],
      step,
      attempt,
      since,
      hold: {
        kind: 'pause',
        question: `Paused by ${event.by.login}. Shall it go on?`,
        shown: reason,
        findings: [],
        openedAt: event.at,
        ...(feedback === undefined ? {} : { feedback }),
      },
    },
  };
}

/** What follows when a person speaks to a paused run. */
export function answerPause(run: HeldRun, hold: Extract<Hold, { kind: 'pause' }>, event: Steered): Decision {
  if (event.steer.kind !== 'resume') {
    return ignore(
      run,
      'This run is paused. Answer `/baton resume`, `/baton rollback <step>` or `/baton cancel`.',
    );
  }
  const { step, attempt } = run;
  return {
    kind: 'repeat',
    run: {
      state: 'running',
      ...toProgress(run),
      interventions: [...run.interventions, toIntervention(run, event, { kind: 'resumed', reason: '' })],
      step,
      attempt,
      since: event.at,
      ...(hold.feedback === undefined ? {} : { feedback: hold.feedback }),
    },
  };
}

function toIntervention(
  { step }: RunningRun | HeldRun,
  { by, at }: Steered,
  what: Pick<Intervention, 'kind' | 'reason'>,
): Intervention {
  return { by, at, step, ...what };
}
