import { z } from 'zod';
import { conditionSchema, SENT_BACK } from './condition.ts';
import { roleSchema } from './role.ts';
import { setupSchema } from './setup.ts';
import { successCriterionSchema } from './success-criterion.ts';

const slug = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'lower-case words joined by hyphens');

/** Goes back when its step has passed, so that a part of the workflow is done again: for the next task, say. */
const againSchema = z.strictObject({
  from: slug.describe('The earlier step to go back to.'),
  when: conditionSchema.describe('Only then; otherwise the run goes on.'),
  atMost: z.int().min(1).max(50).describe('Times after which a person is asked instead.'),
});

/** Begins anew from an earlier step when its step has rejected too often, with what failed: another plan, say. */
const rethinkSchema = z.strictObject({
  from: slug.describe('The earlier step to begin anew from.'),
  atMost: z
    .int()
    .min(0)
    .max(10)
    .describe(
      'Times after which a person is asked instead. They are asked sooner when nothing was thought anew.',
    ),
});

/** The fields of a step that a repository may set, by their path in it: `with/gates/performance/with/targets/p99`. */
const setSchema = z.record(
  z.string().regex(/^[\w-]+(?:\/[\w-]+){0,9}$/, 'names with slashes between them'),
  z.strictObject({
    setting: z
      .enum([
        'maxRetries',
        'latencyTargetMs',
        'securityBlockOnCritical',
        'rollbackOnTestFailure',
        'requireIntegrationTests',
        'coverageThreshold',
        'reviewAdr',
        'autoMerge',
        'securityHoldAt',
        'environmentSecrets',
        'logIds',
        'stack',
      ])
      .describe('Key under `delivery` in .github/baton.yml.'),
    values: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe('What each value of the setting stands for; itself when absent.'),
  }),
);

/** What `onReject` says when the rejection is the result, and the run goes on with it. */
export const GO_ON = 'go-on';

/** A stage of a workflow. `with` holds the options of its kind, checked by that kind's own schema. */
export const stepSchema = z.strictObject({
  id: slug.describe('Name of the step in this workflow.'),
  kind: slug.describe('What the step does.'),
  title: z.string().min(1).max(80).optional().describe('Shown to people; the id when absent.'),
  when: z
    .union([conditionSchema, z.literal(SENT_BACK)])
    .optional()
    .describe(
      'The step is passed over unless this holds; `sent-back`: unless a later step sends work back to it.',
    ),
  enabled: z
    .boolean()
    .optional()
    .describe('With `false` the step is passed over unless a setting of the repository turns it on.'),
  onReject: slug
    .optional()
    .describe(
      'The earlier step that gets the findings when this one rejects; `go-on` when the rejection itself is the result.',
    ),
  maxRejections: z
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe('Rejections after which a person is asked instead of another round.'),
  takeBackTo: slug
    .optional()
    .describe(
      'The earlier step to whose end the run goes back when this one has rejected too often; what was written since is taken back before a person is asked.',
    ),
  rethink: rethinkSchema
    .optional()
    .describe('After `maxRejections`, goes back further instead of asking a person.'),
  again: againSchema
    .optional()
    .describe(
      'When the step has passed, goes back to an earlier one instead of on, as long as a condition holds.',
    ),
  set: setSchema.optional().describe('Fields that the settings of a repository change.'),
  with: z.record(z.string(), z.unknown()).default({}).describe('Options of the step kind.'),
});
export type Step = z.infer<typeof stepSchema>;

/** The shipped workflow for pull requests that nobody named a workflow for. */
export const REVIEW_WORKFLOW = 'review';

/** A step of a run. Those that a choice has put in name the step that chose, so that another choice replaces them. */
const definedStepSchema = stepSchema.extend({
  chosenBy: slug.optional(),
  /** Who is asked, in order. */
  roles: z.array(z.string()).optional(),
});
export type DefinedStep = z.infer<typeof definedStepSchema>;

/** A `workflows/*.yaml` file. */
export const workflowSchema = z.strictObject({
  name: slug.describe('Equals the file name.'),
  description: z.string().min(1).describe('One sentence: what it is for.'),
  labels: z
    .array(z.string().min(1).max(50))
    .default([])
    .describe('Labels that start this workflow, besides `baton:<name>`.'),
  subject: z
    .enum(['issue', 'pull-request'])
    .default('issue')
    .describe(
      'What it is about: an issue, which it works on, or a pull request of a person, which it only judges.',
    ),
  offered: z
    .boolean()
    .optional()
    .describe('With `false` the lead cannot choose it for an issue; it starts only when it is named.'),
  steps: z.array(stepSchema).min(1).describe('Done one after another.'),
  interventionIssue: z
    .boolean()
    .optional()
    .describe(
      'Whether an issue is opened when a run cannot go on without a person, besides asking on its own.',
    ),
  success: z
    .array(successCriterionSchema)
    .max(50)
    .optional()
    .describe(
      'What is shown as met or not in a last check run `baton / success`, when the work is proposed.',
    ),
});
export type Workflow = z.infer<typeof workflowSchema>;

/** A workflow with the roles it names, and what each of them is asked with. */
export const definitionSchema = z.object({
  workflow: workflowSchema.extend({ steps: z.array(definedStepSchema).min(1) }),
  roles: z.record(z.string(), roleSchema),
  /** By the name of the role; absent in runs of an earlier version. */
  setups: z.record(z.string(), setupSchema).optional(),
});
export type Definition = z.infer<typeof definitionSchema>;
