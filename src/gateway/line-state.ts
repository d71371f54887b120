import type { BudgetStanding } from '../domain/budget.ts';
import type { ModelRefusal } from '../domain/model-refusal.ts';
import { addUsage, NOTHING_USED, type Usage } from '../domain/usage.ts';
import type { ProviderError } from '../ports/model-gateway.ts';
import type { QuotaRefusal } from './read-quota.ts';
import type { Route } from './route.ts';

/** What has happened on one line so far. */
export interface LineState {
  usage: Usage;
  answers: number;
  /** Of the last call that was passed on; null while it is under way, and when another was answered meanwhile. */
  lastError: ProviderError | null;
  quota: QuotaRefusal | null;
  /** How often in a row the provider has said that it does no work for us. */
  refusalsInARow: number;
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
    answers: 0,
    lastError: null,
    quota: null,
    refusalsInARow: 0,
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

/** So many short waits in a row are no matter of the moment any more. */
const MOST_SHORT_WAITS = 4;

/** Takes note of the provider's word on our quota. A short wait alone is for the client to sit out. */
export function noteQuota(state: LineState, quota: QuotaRefusal): void {
  state.refusalsInARow += 1;
  const isLasting = quota.closedUntilMs > 0 || quota.refusal.until === null;
  state.quota = isLasting || state.refusalsInARow >= MOST_SHORT_WAITS ? quota : null;
}

/**
 * The call that began after so many answers had none. When there was an answer to another since, whoever asks goes on
 * with that, and this says nothing of where the line stands.
 */
export function noteError(state: LineState, error: ProviderError, answersBefore: number): void {
  if (state.answers === answersBefore) {
    state.lastError = error;
  }
}

/** The provider works for us. */
export function noteAnswer(state: LineState, { metered }: Pick<Route, 'metered'>): void {
  state.answers += metered ? 1 : 0;
  state.refusalsInARow = 0;
  state.quota = null;
}

/** Why calls are refused by now. A budget lasts; the provider may have come round. */
export function refusalOf({ budget, quota }: LineState): ModelRefusal | null {
  return budget ?? quota?.refusal ?? null;
}
