import { z } from 'zod';

/** What model calls used. Null: not known, which is never the same as nothing. */
export const usageSchema = z.object({
  /** All that was read, what came from a cache included. */
  inputTokens: z.int().nonnegative().nullable(),
  outputTokens: z.int().nonnegative().nullable(),
  costUsd: z.number().nonnegative().nullable(),
});
export type Usage = z.infer<typeof usageSchema>;

/** What one attempt used. */
export const attemptUsageSchema = usageSchema.extend({
  /** How long agents worked, in milliseconds; of several side by side the longest. */
  ms: z.int().nonnegative(),
  /** The budgets that were nearly used up at its end, in words. */
  warnings: z.array(z.string()).optional(),
});
export type AttemptUsage = z.infer<typeof attemptUsageSchema>;

/** Nothing was asked of a model. */
export const NOTHING_USED: Usage = { inputTokens: 0, outputTokens: 0, costUsd: 0 };

/** Both together; what is not known of one is not known of both. */
export function addUsage(one: Usage, other: Usage): Usage {
  return {
    inputTokens: add(one.inputTokens, other.inputTokens),
    outputTokens: add(one.outputTokens, other.outputTokens),
    costUsd: add(one.costUsd, other.costUsd),
  };
}

function add(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
