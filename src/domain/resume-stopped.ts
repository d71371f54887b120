import type { Decision } from './decision.ts';
import type { RunEvent } from './event.ts';
import type { Hold } from './hold.ts';
import { isEarlier } from './is-earlier.ts';
import { atStep, liveHistory } from './progress.ts';
import type { HeldRun, RunningRun, StepRecord } from './run.ts';
import { ignore, type LiveRun } from './steered.ts';

export type Stopped = Extract<Hold, { kind: 'escalation' }>;

/** Times in a row that a step waits by itself before a person is asked. */
const MOST_WAITS = 30;

/** Goes on when what the hold waits for has come. */
export function resumeWhenDue(run: LiveRun, { at }: RunEvent & { kind: 'due' }): Decision {
  const hold = run.state === 'held' ? run.hold : null;
  if (run.state !== 'held' || hold?.kind !== 'escalation' || hold.until === undefined) {
    return ignore(run, 'This run waits for nothing that comes by itself.');
  }
  if (isEarlier(at, hold.until)) {
    return ignore(run, `This run waits until ${hold.until}.`);
  }
  return doStoppedAgain({ ...run, history: withLastLapsed(run.history) }, hold, at);
}

/** The step from its start, told what it was told before. */
export function doStoppedAgain(run: HeldRun | RunningRun, { feedback }: Stopped, at: string): Decision {
  return { kind: 'repeat', run: atStep(run, { step: run.step, at, feedback }) };
}

/** Whether the present step has waited by itself so often that it may not any more. */
function hasWaitedTooOften(run: RunningRun): boolean {
  const own = liveHistory(run).filter(({ step }) => step === run.step);
  // The last one is the attempt that has just been stopped.
  const others = own.slice(0, -1);
  return others.length - 1 - others.findLastIndex(({ lapsed }) => lapsed === undefined) >= MOST_WAITS;
}

/** The question with what a stopped attempt is told again; it does not wait by itself for ever. */
export function withWait(run: RunningRun, hold: Stopped): Stopped {
  if (hold.stopped === undefined) {
    return hold;
  }
  const { until, ...rest } = hold;
  return {
    ...rest,
    ...(until === undefined || hasWaitedTooOften(run) ? {} : { until }),
    ...(run.feedback === undefined ? {} : { feedback: run.feedback }),
  };
}

function withLastLapsed(history: readonly StepRecord[]): StepRecord[] {
  return history.map((record, index) =>
    index === history.length - 1 ? { ...record, lapsed: true as const } : record,
  );
}
