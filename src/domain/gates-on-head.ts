import type { RunningRun } from './run.ts';
import type { GateVerdict } from './verdict.ts';

/** The newest word of each gate on the run's present commit; what it said of an earlier one says nothing here. */
export function gatesOnHead({ head, history }: Pick<RunningRun, 'head' | 'history'>): readonly GateVerdict[] {
  const verdicts = history
    .filter((record) => record.head === head)
    .flatMap(({ outcome }) => outcome.verdicts)
    .map((judged) => [judged.gate, judged] as const);
  return [...new Map(verdicts).values()];
}
