import type { Reading } from '../ports/measures.ts';
import type { ModelCall } from '../ports/model-spending.ts';
import { toLabel } from './known-names.ts';
import { count } from './readings.ts';

/** What one call to a model gives to the metrics. What is not known is not counted as nothing: it is counted apart. */
export function measureCall(call: ModelCall, models: ReadonlySet<string>): readonly Reading[] {
  const model = toLabel(call.model, models);
  return [
    count('baton_model_calls_total', { model }),
    ...toTokens(model, 'input', call.inputTokens),
    ...toTokens(model, 'output', call.outputTokens),
    call.costUsd === null
      ? count('baton_model_unpriced_calls_total', { model })
      : count('baton_model_cost_dollars_total', { model }, call.costUsd),
  ];
}

function toTokens(model: string, direction: 'input' | 'output', tokens: number | null): readonly Reading[] {
  return tokens === null ? [] : [count('baton_model_tokens_total', { model, direction }, tokens)];
}
