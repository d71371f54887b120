import type { Condition } from '../../domain/condition.ts';
import type { FactSpecs, FactValue } from '../../domain/fact.ts';

/** Stands for every text that no condition names. */
const OTHER_TEXT = 'something else';

/**
 * The values of a fact that make a difference: both of a boolean, all of a choice; of a number or a text those that
 * conditions name, and another.
 */
export function toFactValues(
  fact: string,
  spec: FactSpecs[string],
  conditions: readonly Condition[],
): readonly FactValue[] {
  if (spec.type === 'boolean') {
    return [true, false];
  }
  if (spec.oneOf !== undefined) {
    return spec.oneOf;
  }
  const named = [...new Set(conditions.filter((one) => one.fact === fact).map(({ is }) => is))];
  return spec.type === 'number'
    ? [...named.filter((value) => typeof value === 'number'), toOtherNumber(named)]
    : [...named.filter((value) => typeof value === 'string'), OTHER_TEXT];
}

function toOtherNumber(named: readonly FactValue[]): number {
  return Math.max(0, ...named.filter((value) => typeof value === 'number')) + 1;
}
