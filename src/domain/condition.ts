import { z } from 'zod';
import { type Facts, type FactValue, factNameSchema } from './fact.ts';

/** When a step is done: only if an earlier role has reported this. */
export const conditionSchema = z.strictObject({
  fact: factNameSchema.describe('Name of a fact that an earlier step reports.'),
  is: z.union([z.boolean(), z.number(), z.string()]).describe('The value with which the step is done.'),
});
export type Condition = z.infer<typeof conditionSchema>;

/** What `when` says of a step that mends: it is passed over on the way forward. */
export const SENT_BACK = 'sent-back';

/** When a step is done. */
export type When = Condition | typeof SENT_BACK;

/** The fact that decides; null when it is not a fact. */
export function factOf(when: When): string | null {
  return when === SENT_BACK ? null : when.fact;
}

/** Whether a step with this condition is done on the way forward, given what has been reported. A fact that nobody reported is not met. */
export function isMet(condition: When | undefined, facts: Facts): boolean {
  if (condition === undefined || condition === SENT_BACK) {
    return condition === undefined;
  }
  return valueOf(condition, facts) === condition.is;
}

/** The condition as people read it. */
export function conditionWords(condition: When): string {
  if (condition === SENT_BACK) {
    return 'if work is sent back to it';
  }
  const { fact, is } = condition;
  return is === true ? `if ${fact}` : `if ${fact} is ${String(is)}`;
}

/** Why a step was passed over. */
export function unmetWords(condition: When, facts: Facts): string {
  if (condition === SENT_BACK) {
    return 'nothing was sent back to it';
  }
  const { fact, is } = condition;
  const value = valueOf(condition, facts);
  if (value === undefined) {
    return `nobody reported ${fact}`;
  }
  // Of two values the one that is not there goes without saying.
  return `${fact} is ${String(value)}${typeof is === 'boolean' ? '' : `, not ${String(is)}`}`;
}

function valueOf({ fact }: Condition, facts: Facts): FactValue | undefined {
  return Object.hasOwn(facts, fact) ? facts[fact] : undefined;
}
