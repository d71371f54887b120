import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/system/system-clock.ts';

describe('src/system/system-clock', () => {
  it('tells the time of now as the domain expects it', () => {
    const before = Date.now();
    const now = z.iso.datetime().parse(systemClock.now());
    expect(Date.parse(now)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(now)).toBeLessThanOrEqual(Date.now());
  });
});
