import { fieldsOf, type Metered, toCount } from './metered.ts';

/** OpenAI Responses. The whole answer has `usage`; in a stream the events that end it have it below `response`. */
export function readResponsesUsage(value: unknown, soFar: Metered): Metered {
  const fields = fieldsOf(value);
  const usage = fieldsOf(fields['usage'] ?? fieldsOf(fields['response'])['usage']);
  return {
    inputTokens: toCount(usage['input_tokens']) ?? soFar.inputTokens,
    cacheReadTokens:
      toCount(fieldsOf(usage['input_tokens_details'])['cached_tokens']) ?? soFar.cacheReadTokens,
    cacheWriteTokens: soFar.cacheWriteTokens,
    outputTokens: toCount(usage['output_tokens']) ?? soFar.outputTokens,
    costUsd: null,
  };
}
