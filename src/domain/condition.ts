import { z } from 'zod';
import { type Facts, type FactValue, factNameSchema } from './fact.ts';

/** When a step is done: only if an earlier role has reported this. */
export const conditionSchema = z.strictObject({
  fact: factNameSchema.describe('Name of a fact that an earlier step reports.'),
  is: z.union([z.boolean(), z.number(), z.string()]).describe('The value with which the step is done.'),
});
export type Condition = z.infer<typeof conditionSchema>;

/** Whether a step with this condition is done, given what has been reported. A fact that nobody reported is not met. */
export function isMet(condition: Condition | undefined, facts: Facts): boolean {
  return condition === undefined || valueOf(condition, facts) === condition.is;
}

/** The condition as people read it. */
export function conditionWords({ fact, is }: Condition): string {
  return is === true ? `if ${fact}` : `if ${fact} is ${String(is)}`;
}

/** Why a step was passed over. */
export function unmetWords(condition: Condition, facts: Facts): string {
  const value = valueOf(condition, facts);
  return `only ${conditionWords(condition)}, and ${value === undefined ? 'nobody reported it' : `it is ${String(value)}`}`;
}

function valueOf({ fact }: Condition, facts: Facts): FactValue | undefined {
  return Object.hasOwn(facts, fact) ? facts[fact] : undefined;
}
