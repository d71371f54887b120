import { z } from 'zod';

/** Typed answers about the work that later steps may depend on, such as `dataModelChanges: true`. */
export const factsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type Facts = z.infer<typeof factsSchema>;
export type FactValue = Facts[string];

export const factNameSchema = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]{0,63}$/, 'a fact is named in camelCase, like dataModelChanges');

/** The facts that a role must report, so that conditions have something to go by. */
export const factSpecsSchema = z.record(
  factNameSchema,
  z.strictObject({
    type: z.enum(['boolean', 'number', 'string']).describe('What kind of value it has.'),
    means: z
      .string()
      .min(1)
      .max(300)
      .describe('When it is true, or what it counts or names: told to the role.'),
    oneOf: z
      .array(z.string().min(1))
      .min(2)
      .optional()
      .describe('The only values it may have, when it is a string: a misspelt one would meet no condition.'),
  }),
);
export type FactSpecs = z.infer<typeof factSpecsSchema>;

/** What is wrong with the reported facts, in the order of the specs; empty when nothing is. */
export function toFactFaults(specs: FactSpecs, facts: Facts): string[] {
  return Object.entries(specs).flatMap(([name, { type, oneOf }]) => {
    const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
    if (value === undefined) {
      return [`the fact ${name} (${type}) is missing`];
    }
    if (typeof value !== type) {
      return [`the fact ${name} is a ${typeof value} and must be a ${type}`];
    }
    return oneOf === undefined || oneOf.includes(String(value))
      ? []
      : [`the fact ${name} is ${String(value)} and must be one of ${oneOf.join(', ')}`];
  });
}
