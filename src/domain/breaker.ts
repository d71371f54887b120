/** Whether something that failed before is worth asking now. Times are milliseconds of a clock that never goes back. */
export type Breaker =
  /** It is asked. */
  | { readonly state: 'closed'; readonly failuresInARow: number }
  /** It is spared until then. */
  | { readonly state: 'open'; readonly untilMs: number }
  /** One trial is under way; what came of it decides. */
  | { readonly state: 'half-open' };

/** What happens to it. `released`: a trial ended without telling anything, because somebody stopped it. */
export type BreakerEvent = 'asked' | 'answered' | 'failed' | 'released';

export interface BreakerRules {
  /** So many failures in a row open it. */
  readonly failures: number;
  /** How long it stays open, in milliseconds. */
  readonly coolDownMs: number;
}

export const CLOSED: Breaker = { state: 'closed', failuresInARow: 0 };

/** Whether it lets somebody through now. */
export function letsThrough(breaker: Breaker, nowMs: number): boolean {
  switch (breaker.state) {
    case 'closed':
      return true;
    case 'open':
      return nowMs >= breaker.untilMs;
    case 'half-open':
      return false;
  }
}

/** What follows from an event. Several can be under way at once, so each event fits each state. */
export function nextBreaker(
  breaker: Breaker,
  event: BreakerEvent,
  { nowMs, rules }: { readonly nowMs: number; readonly rules: BreakerRules },
): Breaker {
  switch (event) {
    case 'asked':
      return breaker.state === 'open' && letsThrough(breaker, nowMs) ? { state: 'half-open' } : breaker;
    case 'answered':
      return CLOSED;
    case 'released':
      return breaker.state === 'half-open' ? { state: 'open', untilMs: nowMs } : breaker;
    case 'failed':
      return afterFailure(breaker, nowMs, rules);
  }
}

function afterFailure(breaker: Breaker, nowMs: number, { failures, coolDownMs }: BreakerRules): Breaker {
  const opened: Breaker = { state: 'open', untilMs: nowMs + coolDownMs };
  switch (breaker.state) {
    case 'closed': {
      const failuresInARow = breaker.failuresInARow + 1;
      return failuresInARow >= failures ? opened : { state: 'closed', failuresInARow };
    }
    case 'half-open':
      return opened;
    case 'open':
      // One that was asked before it opened: it is no news.
      return breaker;
  }
}
