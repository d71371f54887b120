import {
  type Breaker,
  type BreakerEvent,
  type BreakerRules,
  CLOSED,
  letsThrough,
  nextBreaker,
} from '../domain/breaker.ts';
import type { ProvidedCandidate } from '../domain/fall-back.ts';
import type { Log } from '../ports/log.ts';

/** Knows what has failed again and again, in this process. */
export interface Breakers {
  letsThrough(candidate: ProvidedCandidate): boolean;
  note(candidate: ProvidedCandidate, event: BreakerEvent): void;
}

interface BreakerParts {
  readonly rules: BreakerRules;
  /** Milliseconds since some fixed moment; it never goes back, as the time of day may. */
  readonly elapsedMs: () => number;
  readonly log: Log;
}

/** One breaker for each runtime, provider and model, closed at first. */
export function createBreakers({ rules, elapsedMs, log }: BreakerParts): Breakers {
  const breakers = new Map<string, Breaker>();
  return {
    letsThrough: (candidate) => letsThrough(breakers.get(toKey(candidate)) ?? CLOSED, elapsedMs()),
    note(candidate, event) {
      const key = toKey(candidate);
      const before = breakers.get(key) ?? CLOSED;
      const after = nextBreaker(before, event, { nowMs: elapsedMs(), rules });
      breakers.set(key, after);
      if (after.state !== before.state) {
        const { runtime, provider, model } = candidate;
        log.warn({ runtime, provider, model, from: before.state, to: after.state }, 'a breaker has changed');
      }
    },
  };
}

function toKey({ runtime, provider, model }: ProvidedCandidate): string {
  return JSON.stringify([runtime, provider, model]);
}
