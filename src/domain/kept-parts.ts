import { crashOf } from './agent-crashes.ts';
import type { Part } from './outcome.ts';
import { liveHistory } from './progress.ts';
import type { RunningRun } from './run.ts';

/**
 * What earlier attempts at the present step have written on branches of their own, from the same commit, before others
 * beside them broke or crashed: it need not be written again.
 */
export function keptParts(run: RunningRun): readonly Part[] {
  const own = liveHistory(run).filter(({ step }) => step === run.step);
  const lastWhole = own.findLastIndex(({ outcome }) => outcome.kind !== 'broke' && crashOf(outcome) === null);
  return own
    .slice(lastWhole + 1)
    .filter(({ head, decided }) => head === run.head && decided === undefined)
    .flatMap(({ outcome }) => ('parts' in outcome ? (outcome.parts ?? []) : []));
}
