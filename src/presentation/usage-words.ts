import { printCount, printDollars } from '../domain/amount.ts';
import type { BegunRun, StepRecord } from '../domain/run.ts';
import { type AttemptUsage, addUsage, type Usage } from '../domain/usage.ts';
import { duration } from './duration.ts';

/** What attempts used, all together; null when none of them asked a model. */
export function usageOf(records: readonly StepRecord[]): AttemptUsage | null {
  const usages = records.flatMap(({ outcome }) => (outcome.usage === undefined ? [] : [outcome.usage]));
  return usages.reduce<AttemptUsage | null>(
    (sum, usage) => (sum === null ? usage : { ...addUsage(sum, usage), ms: sum.ms + usage.ms }),
    null,
  );
}

/** `12,300 tokens, $0.42, 3 min`; what nobody knows is a question mark. */
export function usageWords(usage: AttemptUsage): string {
  return `${tokenWords(usage)}, ${costWords(usage)}, ${duration(usage.ms)}`;
}

/** What the run used so far, and how near that is to its budgets; empty when it has asked no model. */
export function usageLine(run: BegunRun): string {
  const usage = usageOf(run.history);
  if (usage === null) {
    return '';
  }
  const warnings = run.history.findLast(({ outcome }) => outcome.usage !== undefined)?.outcome.usage
    ?.warnings;
  const line = `**Used:** ${usageWords(usage)}.`;
  return warnings === undefined
    ? line
    : `${line}\n\n> [!WARNING]\n> Used: ${warnings.join('; ')}. When nothing is left, the run stops and asks.`;
}

function tokenWords({ inputTokens, outputTokens }: Usage): string {
  return inputTokens === null || outputTokens === null
    ? '? tokens'
    : `${printCount(inputTokens + outputTokens)} tokens`;
}

function costWords({ costUsd }: Usage): string {
  return costUsd === null ? '? $' : printDollars(costUsd);
}
