import type { FiledDebt, UnfiledDebt } from './debt.ts';
import { type Debt, listDebts } from './list-debts.ts';
import { type BegunRun, isEnded } from './run.ts';

/** What a run has put off until now: what has an issue, and why the rest has none. */
export interface DebtsSoFar {
  readonly filed: readonly FiledDebt[];
  readonly unfiled: readonly UnfiledDebt[];
}

/** Joins what the run has filed with what its steps have put off since, or before anything was filed. */
export function debtsSoFar(
  run: BegunRun,
  policy: { readonly maxPerRun: number; readonly digest: (text: string) => string },
): DebtsSoFar {
  const settled = new Set([...run.debts, ...run.unfiled].map(({ fingerprint }) => fingerprint));
  const { toFile, over } = listDebts(run, policy);
  function waiting(debts: readonly Debt[], why: string): UnfiledDebt[] {
    return debts
      .filter(({ fingerprint }) => !settled.has(fingerprint))
      .map(({ fingerprint, title }) => ({ fingerprint, title, why }));
  }
  const later = isEnded(run)
    ? 'the run has ended before it was filed'
    : 'it is filed when the pull request is open';
  return {
    filed: run.debts,
    unfiled: [...run.unfiled, ...waiting(toFile, later), ...waiting(over, overCap(policy))],
  };
}

/** Why work beyond the cap is not filed. */
export function overCap({ maxPerRun }: { readonly maxPerRun: number }): string {
  return `one run files at most ${maxPerRun}`;
}
