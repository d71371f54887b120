import { addUsage, NOTHING_USED, type Usage } from '../../domain/usage.ts';
import type { AgentEvent } from '../../ports/agent-event.ts';
import type { ModelLine } from '../../ports/model-gateway.ts';

/** What a talk has used, by what the model says. */
export interface UsageSum {
  add(event: AgentEvent): void;
  /** The line's own figures, which also know the price; the model's where the line has none. */
  read(line: Pick<ModelLine, 'usage'>): Usage;
}

export function createUsageSum(): UsageSum {
  let told = NOTHING_USED;
  return {
    add(event) {
      if (event.kind === 'usage') {
        const { inputTokens, outputTokens } = event;
        told = addUsage(told, { inputTokens, outputTokens, costUsd: null });
      }
    },
    read(line) {
      const { inputTokens, outputTokens, costUsd } = line.usage();
      return {
        inputTokens: inputTokens ?? told.inputTokens,
        outputTokens: outputTokens ?? told.outputTokens,
        costUsd,
      };
    },
  };
}
