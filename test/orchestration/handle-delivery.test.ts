import { describe, expect, it } from 'vitest';
import { type Forgettable, forgetOld } from '../../src/orchestration/forget-old.ts';
import { handleDelivery } from '../../src/orchestration/handle-delivery.ts';
import type { Delivery } from '../../src/ports/inbox.ts';
import { SILENT } from '../support/examples.ts';
import { createInMemoryDurable } from '../support/in-memory-durable.ts';

const DELIVERY: Delivery = { guid: 'g1', event: 'issues', payload: { action: 'labeled' } };
const DAY_MS = 24 * 60 * 60_000;

/** Handles a delivery whose handlers fail so many times; says what was delivered, and what was called an error. */
async function handle({ failures, stored = DELIVERY }: { failures: number; stored?: Delivery | null }) {
  const durable = createInMemoryDurable(() => Promise.resolve(null));
  const delivered: Delivery[] = [];
  const errors: string[] = [];
  let left = failures;
  await handleDelivery('g1', durable, {
    read: async () => stored,
    async deliver(delivery) {
      if (left > 0) {
        left -= 1;
        throw new Error('GitHub does not answer');
      }
      delivered.push(delivery);
    },
    log: { ...SILENT, error: (_fields, message) => void errors.push(message) },
  });
  return { delivered, errors, sleeps: durable.sleeps };
}

describe('orchestration/handle-delivery', () => {
  it('delivers once', async () => {
    expect(await handle({ failures: 0 })).toEqual({ delivered: [DELIVERY], errors: [], sleeps: [] });
  });

  it('tries again after short and then after longer waits, until it holds', async () => {
    const { delivered, errors, sleeps } = await handle({ failures: 4 });
    expect([delivered, errors]).toEqual([[DELIVERY], []]);
    expect(sleeps).toEqual([500, 2000, 10_000, 60_000]);
  });

  it('outlasts an outage of most of a day, and says when it gives up', async () => {
    const { delivered, errors, sleeps } = await handle({ failures: 1000 });
    expect(delivered).toEqual([]);
    expect(errors).toEqual([expect.stringContaining('given up')]);
    const waited = sleeps.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThan(DAY_MS * 0.8);
    // Longer than this and the inbox could have forgotten it, or GitHub sent it again as new.
    expect(waited).toBeLessThan(3 * DAY_MS);
  });

  it('says so when the inbox does not have it', async () => {
    const { errors, sleeps } = await handle({ failures: 0, stored: null });
    expect([errors, sleeps]).toEqual([[expect.stringContaining('not in the inbox')], []]);
  });
});

describe('orchestration/forget-old', () => {
  it('forgets what is old some at a time, one kind after the other', async () => {
    const left = { deliveries: 1200, effects: 3 };
    const asked: string[] = [];
    function forgettable(what: keyof typeof left, keptMs: number): Forgettable {
      return {
        what,
        keptMs,
        async prune(olderThanMs, limit) {
          asked.push(`${what} older than ${olderThanMs}`);
          const now = Math.min(left[what], limit);
          left[what] -= now;
          return now;
        },
      };
    }
    await forgetOld([forgettable('deliveries', 7), forgettable('effects', 30)], SILENT);
    expect(left).toEqual({ deliveries: 0, effects: 0 });
    expect(asked).toEqual([
      ...Array.from({ length: 3 }, () => 'deliveries older than 7'),
      'effects older than 30',
    ]);
  });
});
