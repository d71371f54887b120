import type { Scope, Spent } from '../../src/domain/budget.ts';
import type { ModelCall, ModelSpending } from '../../src/ports/model-spending.ts';

/** Keeps calls in memory; all scopes have the same sum. */
export function createMemorySpending(): ModelSpending & { readonly calls: ModelCall[] } {
  const calls: ModelCall[] = [];
  return {
    calls,
    record: async (call) => void calls.push(call),
    spent: async () => {
      const sum = calls.reduce<Spent>(
        (spent, { costUsd, countedTokens }) => ({
          costUsd: spent.costUsd + (costUsd ?? 0),
          tokens: spent.tokens + countedTokens,
          unpricedTokens: spent.unpricedTokens + (costUsd === null ? countedTokens : 0),
        }),
        { costUsd: 0, tokens: 0, unpricedTokens: 0 },
      );
      return { run: sum, subject: sum, repository: sum, day: sum } satisfies Record<Scope, Spent>;
    },
  };
}
