import { fieldsOf, type Metered, toCount } from './metered.ts';

/** More than a call can cost. */
const MAX_USD = 10_000;

/** OpenAI Chat Completions. The whole answer has `usage`, and so has the last chunk of a stream when that was asked for. */
export function readChatUsage(value: unknown, soFar: Metered): Metered {
  const usage = fieldsOf(fieldsOf(value)['usage']);
  const input = toCount(usage['prompt_tokens']);
  const { cost } = usage;
  return {
    inputTokens: input ?? soFar.inputTokens,
    cacheReadTokens:
      toCount(fieldsOf(usage['prompt_tokens_details'])['cached_tokens']) ?? soFar.cacheReadTokens,
    cacheWriteTokens: soFar.cacheWriteTokens,
    outputTokens: toCount(usage['completion_tokens']) ?? soFar.outputTokens,
    // Routers in front of several providers tell it.
    costUsd: typeof cost === 'number' && cost >= 0 && cost <= MAX_USD ? cost : soFar.costUsd,
  };
}
