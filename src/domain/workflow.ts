import { z } from 'zod';
import { conditionSchema } from './condition.ts';
import { roleSchema } from './role.ts';

const slug = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'lower-case words joined by hyphens');

/** A stage of a workflow. `with` holds the options of its kind, checked by that kind's own schema. */
export const stepSchema = z.strictObject({
  id: slug.describe('Name of the step in this workflow.'),
  kind: slug.describe('What the step does.'),
  title: z.string().min(1).max(80).optional().describe('Shown to people; the id when absent.'),
  when: conditionSchema.optional().describe('The step is passed over unless this holds.'),
  onReject: slug.optional().describe('The earlier step that gets the findings when this one rejects.'),
  maxRejections: z
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe('Rejections after which a person is asked instead of another round.'),
  with: z.record(z.string(), z.unknown()).default({}).describe('Options of the step kind.'),
});
export type Step = z.infer<typeof stepSchema>;

/** A `workflows/*.yaml` file. */
export const workflowSchema = z.strictObject({
  name: slug.describe('Equals the file name.'),
  description: z.string().min(1).describe('One sentence: what it is for.'),
  labels: z
    .array(z.string().min(1).max(50))
    .default([])
    .describe('Labels that start this workflow, besides `baton:<name>`.'),
  steps: z.array(stepSchema).min(1).describe('Done one after another.'),
});
export type Workflow = z.infer<typeof workflowSchema>;

/** A workflow with the roles it names, as it was when the run started: a run never changes under its own feet. */
export const definitionSchema = z.object({
  workflow: workflowSchema,
  roles: z.record(z.string(), roleSchema),
});
export type Definition = z.infer<typeof definitionSchema>;
