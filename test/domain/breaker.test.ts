import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Breaker,
  type BreakerEvent,
  CLOSED,
  letsThrough,
  nextBreaker,
} from '../../src/domain/breaker.ts';

const RULES = { failures: 3, coolDownMs: 100 };
const open: Breaker = { state: 'open', untilMs: 500 };
const half: Breaker = { state: 'half-open' };
function closed(failuresInARow: number): Breaker {
  return { state: 'closed', failuresInARow };
}

describe('domain/breaker', () => {
  it.each<[Breaker, BreakerEvent, number, Breaker]>([
    [CLOSED, 'asked', 0, CLOSED],
    [CLOSED, 'failed', 0, closed(1)],
    [closed(2), 'failed', 400, open],
    [closed(2), 'answered', 0, CLOSED],
    [closed(2), 'released', 0, closed(2)],
    [open, 'asked', 499, open],
    [open, 'asked', 500, half],
    [open, 'failed', 450, open],
    [open, 'answered', 450, CLOSED],
    [open, 'released', 450, open],
    [half, 'asked', 500, half],
    [half, 'failed', 400, open],
    [half, 'answered', 500, CLOSED],
    [half, 'released', 500, open],
  ])('%j, %s at %d: %j', (before, event, nowMs, after) => {
    expect(nextBreaker(before, event, { nowMs, rules: RULES })).toEqual(after);
  });

  it.each<[Breaker, number, boolean]>([
    [CLOSED, 0, true],
    [open, 499, false],
    [open, 500, true],
    [half, 900, false],
  ])('%j at %d lets through: %s', (breaker, nowMs, expected) => {
    expect(letsThrough(breaker, nowMs)).toBe(expected);
  });

  it('is never open for longer than the cool-down, and never without enough failures in a row', () => {
    const event = fc.constantFrom<BreakerEvent>('asked', 'answered', 'failed', 'released');
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.nat(60))), (happenings) => {
        let breaker = CLOSED;
        let nowMs = 0;
        let failures = 0;
        for (const [happening, waitMs] of happenings) {
          nowMs += waitMs;
          failures = happening === 'answered' ? 0 : failures + Number(happening === 'failed');
          breaker = nextBreaker(breaker, happening, { nowMs, rules: RULES });
          expect(breaker.state === 'closed' || failures >= RULES.failures).toBe(true);
          expect(breaker.state === 'half-open' || letsThrough(breaker, nowMs + RULES.coolDownMs)).toBe(true);
        }
      }),
    );
  });
});
