import type { BudgetStanding } from '../domain/budget.ts';
import type { ModelRefusal } from '../domain/model-refusal.ts';
import { addUsage, NOTHING_USED, type Usage } from '../domain/usage.ts';
import type { QuotaRefusal } from './read-quota.ts';

/** What has happened on one line so far. */
export interface LineState {
  usage: Usage;
  quota: QuotaRefusal | null;
  /** The budget that stood against the last call. */
  budget: Extract<ModelRefusal, { kind: 'budget' }> | null;
  nearlyUsedUp: readonly BudgetStanding[];
  callsUnderWay: number;
  /** Calls that have ended and are being written down. */
  readonly recordings: Set<Promise<void>>;
}

export function createLineState(): LineState {
  return {
    usage: NOTHING_USED,
    quota: null,
    budget: null,
    nearlyUsedUp: [],
    callsUnderWay: 0,
    recordings: new Set(),
  };
}

/** Counts one call that has ended. */
export function countCall(state: LineState, usage: Usage): void {
  state.usage = addUsage(state.usage, usage);
}

/** Why calls are refused by now. A budget lasts; the provider may have come round. */
export function refusalOf({ budget, quota }: LineState): ModelRefusal | null {
  return budget ?? quota?.refusal ?? null;
}
