import { z } from 'zod';
import { roleSchema } from './role.ts';

const slug = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'lower-case words joined by hyphens');

/** A stage of a workflow. `with` holds the options of its kind, checked by that kind's own schema. */
export const stepSchema = z.strictObject({
  id: slug,
  kind: slug,
  /** Shown to people; the id when absent. */
  title: z.string().min(1).max(80).optional(),
  /** The earlier step that gets the findings when this one rejects. */
  onReject: slug.optional(),
  /** Rejections after which a person is asked instead of another round. */
  maxRejections: z.int().min(1).max(10).default(3),
  with: z.record(z.string(), z.unknown()).default({}),
});
export type Step = z.infer<typeof stepSchema>;

/** A `workflows/*.yaml` file. */
export const workflowSchema = z.strictObject({
  name: slug,
  description: z.string().min(1),
  /** Labels that start this workflow, besides `baton:<name>`. */
  labels: z.array(z.string().min(1).max(50)).default([]),
  steps: z.array(stepSchema).min(1),
});
export type Workflow = z.infer<typeof workflowSchema>;

/** A workflow with the roles it names, as it was when the run started: a run never changes under its own feet. */
export const definitionSchema = z.object({
  workflow: workflowSchema,
  roles: z.record(z.string(), roleSchema),
});
export type Definition = z.infer<typeof definitionSchema>;
