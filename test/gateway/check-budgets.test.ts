import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkBudgets } from '../../src/gateway/check-budgets.ts';
import { createMemorySpending } from '../support/memory-spending.ts';
import { REQUEST } from './lines.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('src/gateway/check-budgets', () => {
  it.each([
    ['day', '2026-03-01T00:00:00.000Z'],
    ['repository', '2026-03-01T00:00:00.000Z'],
  ] as const)(
    'what was used up before midnight is renewed at that midnight, however late it is told: %s',
    async (scope, until) => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-02-28T23:59:59.900Z') });
      const spending = createMemorySpending();
      const slow = {
        ...spending,
        async spent(of: Parameters<typeof spending.spent>[0]) {
          const spent = await spending.spent(of);
          vi.setSystemTime('2026-03-01T00:00:00.100Z');
          return spent;
        },
      };
      const limit = { unit: 'tokens', value: 0 } as const;
      const { refusal } = await checkBudgets({ ...REQUEST, budgets: [{ scope, limit }] }, slow);
      expect(refusal).toMatchObject({ scope, until });
    },
  );
});
