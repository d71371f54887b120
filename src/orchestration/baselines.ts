import type { RunningRun } from '../domain/run.ts';
import type { GateUse } from '../domain/step-kind.ts';
import type { Verdict } from '../domain/verdict.ts';

/** Verdicts that are kept: a few gates for each of the newest base commits. */
const KEPT = 100;

/** What gates said of base commits. */
export interface Baselines {
  /** The verdict on the run's base; `judge` is asked once for each gate, its options and the commit. */
  read(run: RunningRun, use: GateUse, judge: () => Promise<Verdict>): Promise<Verdict>;
}

/** Remembers them as long as the process lives: a commit never changes, and many runs begin at the same one. */
export function createBaselines(): Baselines {
  const kept = new Map<string, Verdict>();
  return {
    async read(run, use, judge) {
      const { id } = run.order.subject.repository;
      const key = JSON.stringify([id, run.base.sha, use.gate, use.with]);
      const known = kept.get(key);
      if (known !== undefined) {
        return known;
      }
      const verdict = await judge();
      if (isLasting(verdict)) {
        kept.set(key, verdict);
      }
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) {
        kept.delete(oldest);
      }
      return verdict;
    },
  };
}

/** What broke may work the next time, and what is of its day may be otherwise. */
function isLasting(verdict: Verdict): boolean {
  return verdict.kind !== 'broke' && !('ofItsDay' in verdict);
}
