import type { Scope, Spent } from '../../src/domain/budget.ts';
import { addUsage, NOTHING_USED } from '../../src/domain/usage.ts';
import type { ModelCall, ModelSpending } from '../../src/ports/model-spending.ts';

/** Keeps calls in memory; all scopes have the same sum. */
export function createMemorySpending(): ModelSpending & {
  /** Those that have ended. */
  readonly calls: ModelCall[];
  /** Those under way, by their id. */
  readonly underWay: ReadonlyMap<string, ModelCall>;
} {
  const calls: ModelCall[] = [];
  const underWay = new Map<string, ModelCall>();
  let begun = 0;
  return {
    calls,
    underWay,
    async begin(call) {
      begun += 1;
      underWay.set(String(begun), call);
      return String(begun);
    },
    async end(id, call) {
      underWay.delete(id);
      calls.push(call);
    },
    forget: async (id) => void underWay.delete(id),
    countLost: async () => undefined,
    used: async ({ runId, step, attempt }) =>
      calls
        .filter((call) => call.runId === runId && call.step === step && call.attempt === attempt)
        .reduce(addUsage, NOTHING_USED),
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
