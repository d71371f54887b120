import type { Part } from './outcome.ts';
import { counts, liveHistory } from './progress.ts';
import type { BegunRun } from './run.ts';

/** What the newest attempt at `step` that counts has written beside others, or merged; none when there is none. */
export function partsOf(run: BegunRun, step: string): readonly Part[] {
  const last = liveHistory(run).findLast((record) => record.step === step && counts(record));
  return last?.outcome.kind === 'passed' ? (last.outcome.parts ?? []) : [];
}
