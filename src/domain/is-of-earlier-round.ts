import { counts, liveHistory } from './progress.ts';
import type { RunningRun, StepRecord } from './run.ts';

/**
 * Whether the run has gone back by an `again` since the attempt was made, to before its step: then it is about another
 * round's work. What the step that went back has said itself is why there is another round.
 */
export function isOfEarlierRound(run: RunningRun, record: StepRecord): boolean {
  const { steps } = run.definition.workflow;
  const live = liveHistory(run);
  const place = steps.findIndex(({ id }) => id === record.step);
  return live.slice(live.indexOf(record) + 1).some((later, index, rest) => {
    const back = steps.findIndex(({ id }) => id === later.step);
    const from = steps[back]?.again?.from;
    const wentBack = counts(later) && from !== undefined && (rest[index + 1]?.step ?? run.step) === from;
    return wentBack && place < back && steps.findIndex(({ id }) => id === from) <= place;
  });
}
