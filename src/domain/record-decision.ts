import { isEarlier } from './is-earlier.ts';
import { toProgress } from './progress.ts';
import type { HeldRun, RunningRun, StepRecord } from './run.ts';
import type { Steered } from './steered.ts';

/** It lay in the mailbox while a step was done, and may be meant for something else. */
export const TOO_EARLY =
  'The answer was given before this was asked, so it does not count. Look at what is shown now and answer again.';

export const STALE_BUTTON =
  'The button belongs to an earlier question, so it does not count. Look at what is shown now and answer again.';

/** Whether the answer is from before the question. Buttons have no time: they are there only while their question is. */
export function isTooEarly(givenAt: string | undefined, { hold }: HeldRun): boolean {
  return givenAt !== undefined && isEarlier(givenAt, hold.openedAt);
}

/** The run at its held step again, with the person's decision on the record of the attempt it is about. */
export function recordDecision(
  run: HeldRun,
  { by, at }: Pick<Steered, 'by' | 'at'>,
  decision: Pick<NonNullable<StepRecord['decided']>, 'kind' | 'reason' | 'signed'>,
): RunningRun {
  const last = run.history.length - 1;
  return {
    state: 'running',
    ...toProgress(run),
    history: run.history.map((record, index) =>
      index === last ? { ...record, decided: { by, at, ...decision } } : record,
    ),
    step: run.step,
    attempt: run.attempt,
    since: run.since,
  };
}
