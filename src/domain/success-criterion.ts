import { z } from 'zod';

const title = z.string().min(1).max(120).describe('What must hold, in words.');

/** What a workflow counts as success, beyond that its steps are done. */
export const successCriterionSchema = z.union([
  z.strictObject({
    title,
    steps: z.array(z.string()).min(1).describe('Steps that are done, none of which was ever taken back.'),
  }),
  z.strictObject({
    title,
    gates: z
      .array(z.string())
      .min(1)
      .describe('Gates by the names of their check runs; the newest verdict of each counts.'),
  }),
  z.strictObject({ title, approval: z.string().describe('The step at which a person agrees.') }),
]);
export type SuccessCriterion = z.infer<typeof successCriterionSchema>;
