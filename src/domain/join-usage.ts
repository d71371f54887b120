import { type AttemptUsage, addUsage } from './usage.ts';

/** What attempts used that were made side by side; null when none of them asked a model. */
export function joinUsage(usages: readonly (AttemptUsage | undefined)[]): AttemptUsage | null {
  const known = usages.filter((usage) => usage !== undefined);
  const [first, ...others] = known;
  if (first === undefined) {
    return null;
  }
  const warnings = [...new Set(known.flatMap((usage) => usage.warnings ?? []))];
  const { inputTokens, outputTokens, costUsd } = others.reduce<Parameters<typeof addUsage>[0]>(
    addUsage,
    first,
  );
  return {
    inputTokens,
    outputTokens,
    costUsd,
    ms: Math.max(...known.map(({ ms }) => ms)),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}
