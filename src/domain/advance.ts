import { advanceByOutcome } from './advance-by-outcome.ts';
import { advanceBySteer } from './advance-by-steer.ts';
import type { Decision } from './decision.ts';
import type { RunEvent } from './event.ts';
import { toProgress } from './progress.ts';
import { resumeWhenDue } from './resume-stopped.ts';
import { isEnded, type Run } from './run.ts';

/**
 * What follows when `event` happens to `run`: the whole policy of Baton in one pure function.
 * An event that does not fit the state changes nothing and says why.
 */
export function advance(run: Run, event: RunEvent): Decision {
  if (isEnded(run)) {
    return { kind: 'ignore', run, why: `This run has already ended (${run.state}).` };
  }
  switch (event.kind) {
    case 'begun':
      return begin(run, event);
    case 'not-begun':
      return run.state === 'queued'
        ? giveUp(run, event)
        : { kind: 'ignore', run, why: 'This run has already begun.' };
    case 'given-up':
      return giveUp(run, event);
    case 'step-finished':
      return advanceByOutcome(run, event);
    case 'due':
      return resumeWhenDue(run, event);
    case 'steered':
      return advanceBySteer(run, event);
  }
}

function giveUp(
  run: Exclude<Run, { endedAt: string }>,
  { at, reason }: RunEvent & { kind: 'not-begun' | 'given-up' },
): Decision {
  const end = { endedAt: at, reason };
  return {
    kind: 'finish',
    run:
      run.state === 'queued'
        ? { state: 'refused', order: run.order, ...end }
        : { state: 'failed', ...toProgress(run), ...end },
  };
}

function begin(run: Exclude<Run, { endedAt: string }>, event: RunEvent & { kind: 'begun' }): Decision {
  const { definition, choice, settings, base, head = base.sha } = event;
  const [first] = definition.workflow.steps;
  if (run.state !== 'queued' || first === undefined) {
    return { kind: 'ignore', run, why: 'This run has already begun.' };
  }
  return {
    kind: 'next',
    run: {
      state: 'running',
      order: run.order,
      definition,
      choice,
      settings,
      base,
      head,
      history: [],
      legs: [],
      rejections: {},
      debts: [],
      unfiled: [],
      facts: {},
      interventions: [],
      step: first.id,
      attempt: 1,
      since: event.at,
    },
  };
}
