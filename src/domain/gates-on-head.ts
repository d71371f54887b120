import { liveHistory } from './progress.ts';
import type { BegunRun } from './run.ts';
import type { GateVerdict } from './verdict.ts';

/** The newest word of each gate on the run's present commit; what it said of an earlier one says nothing here. */
export function gatesOnHead(run: Pick<BegunRun, 'head' | 'history' | 'legs'>): readonly GateVerdict[] {
  const verdicts = liveHistory(run)
    .filter((record) => record.head === run.head)
    .flatMap(({ outcome }) => outcome.verdicts)
    .map((judged) => [judged.gate, judged] as const);
  return [...new Map(verdicts).values()];
}
