import { liveHistory } from './progress.ts';
import type { BegunRun, StepRecord } from './run.ts';
import type { Sha } from './sha.ts';

/** The newest commit of the run that a person has approved, or has released from what this gate held; null when nobody has. */
export function agreedCommit(run: Pick<BegunRun, 'history' | 'legs'>, gate: string): Sha | null {
  return liveHistory(run).findLast((record) => isAgreedFor(record, gate))?.head ?? null;
}

function isAgreedFor({ decided, outcome }: StepRecord, gate: string): boolean {
  if (decided?.kind !== 'approved' || outcome.kind !== 'held') {
    return false;
  }
  const isHolding = outcome.verdicts.some((judged) => judged.gate === gate && judged.verdict.kind === 'hold');
  return outcome.hold.kind === 'approval' || isHolding;
}
