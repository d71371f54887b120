import { isOfReplaced } from './legs-of.ts';
import type { BegunRun, StepRecord } from './run.ts';

/**
 * The newest attempt of each step, of legs that have been replaced too: what was done and said there is part of the run.
 * Those come first, then the steps of now in their order. What was taken back is left out.
 */
export function newestAttempts(
  run: BegunRun,
  includes: (record: StepRecord) => boolean = () => true,
): readonly StepRecord[] {
  const order = run.definition.workflow.steps.map(({ id }) => id);
  const all = run.history.filter((record) => record.undone === undefined && includes(record));
  // Of two with the same key the later one is kept.
  const newest = new Map(all.map((record) => [`${record.leg ?? ''} ${record.step}`, record]));
  const records = [...newest.values()];
  return [
    ...records.filter((record) => isOfReplaced(run, record)),
    ...records
      .filter((record) => !isOfReplaced(run, record))
      .toSorted((one, other) => order.indexOf(one.step) - order.indexOf(other.step)),
  ];
}
