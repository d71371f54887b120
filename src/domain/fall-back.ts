import type { BreakerEvent } from './breaker.ts';
import type { Candidate } from './offer.ts';

/** A candidate, and whose models it asks; null: nobody's. */
export interface ProvidedCandidate extends Candidate {
  readonly provider: string | null;
}

/** Why an agent gave no answer. */
export type FailureReason =
  | 'no-report'
  | 'time-limit'
  | 'turns'
  | 'provider'
  | 'budget'
  | 'quota'
  | 'crash'
  | 'sandbox';

/**
 * Which of the further candidates the same may be asked of, by why one failed. What lies with the work, with our own
 * limits or with this machine would be no better there.
 */
export function fallBack<Each extends ProvidedCandidate>(
  further: readonly Each[],
  failed: ProvidedCandidate,
  reason: FailureReason,
): readonly Each[] {
  switch (reason) {
    case 'provider':
      return further;
    case 'crash':
      // It lies with the program, whichever model it asks.
      return further.filter(({ runtime }) => runtime !== failed.runtime);
    case 'quota':
      // Where the account is the same, so is what is left of it.
      return further.filter(({ provider }) => provider !== failed.provider);
    case 'no-report':
    case 'time-limit':
    case 'turns':
    case 'budget':
    case 'sandbox':
      return [];
  }
}

/** What a failure tells the breaker of the candidate: only its own faults speak against it. */
export function toBreakerEvent(reason: FailureReason): BreakerEvent {
  switch (reason) {
    case 'provider':
    case 'crash':
      return 'failed';
    case 'no-report':
    case 'turns':
      // The model has answered; it was no use.
      return 'answered';
    case 'time-limit':
    case 'budget':
    case 'quota':
    case 'sandbox':
      return 'released';
  }
}
