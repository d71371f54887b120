import type { Outcome } from './outcome.ts';
import type { RunningRun } from './run.ts';

/** The run with what a step has filed. An issue that is there stays named, also when it is not put off any more. */
export function withDebts(
  run: RunningRun,
  { debts, unfiled }: Pick<Extract<Outcome, { kind: 'passed' }>, 'debts' | 'unfiled'>,
): RunningRun {
  if (debts === undefined || unfiled === undefined) {
    return run;
  }
  const filed = new Set(debts.map(({ fingerprint }) => fingerprint));
  const earlier = run.debts.filter(({ fingerprint }) => !filed.has(fingerprint));
  return { ...run, debts: [...earlier, ...debts], unfiled };
}
