import { fieldsOf, type Metered, toCount } from './metered.ts';

/**
 * Anthropic Messages. The whole answer has `usage`; in a stream `message_start` has that of the input, and `message_delta`
 * the counts so far, of which the last ones hold. What the output begins with says nothing of what it was: whoever breaks a
 * stream off before its end must not have it for that. Input that touches a cache is told apart from the rest.
 */
export function readMessagesUsage(value: unknown, soFar: Metered): Metered {
  const fields = fieldsOf(value);
  const isStart = fields['type'] === 'message_start';
  const usage = fieldsOf(fields['usage'] ?? fieldsOf(fields['message'])['usage']);
  const cacheReadTokens = toCount(usage['cache_read_input_tokens']) ?? soFar.cacheReadTokens;
  const cacheWriteTokens = toCount(usage['cache_creation_input_tokens']) ?? soFar.cacheWriteTokens;
  const rest = toCount(usage['input_tokens']);
  return {
    inputTokens: rest === null ? soFar.inputTokens : rest + (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0),
    cacheReadTokens,
    cacheWriteTokens,
    outputTokens: isStart ? soFar.outputTokens : (toCount(usage['output_tokens']) ?? soFar.outputTokens),
    costUsd: null,
  };
}
