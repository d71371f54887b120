import { z } from 'zod';
import { dangerSchema } from './danger.ts';
import { stackRulesSchema } from './stack-rules.ts';

/** What a repository sets for the delivery pipeline. What is absent is as the workflow says. */
export const deliverySettingsSchema = z.strictObject({
  maxRetries: z
    .int()
    .min(1)
    .max(10)
    .optional()
    .describe('Failed attempts at the code after which the plan is thought anew; 2 when absent.'),
  latencyTargetMs: z
    .number()
    .positive()
    .optional()
    .describe('The most that the figure p99 of the benchmark may be, in milliseconds; 100 when absent.'),
  securityBlockOnCritical: z
    .boolean()
    .optional()
    .describe(
      'Whether a critical security finding halts the run until it is approved (true when absent), or is sent back to be mended.',
    ),
  rollbackOnTestFailure: z
    .boolean()
    .optional()
    .describe(
      'Whether code that has failed too often goes back to planning (true when absent), or a person is asked at once.',
    ),
  requireIntegrationTests: z
    .boolean()
    .optional()
    .describe('Whether a change must bring an integration test; false when absent.'),
  coverageThreshold: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('The least part of the code that tests must cover, in percent; 85 when absent.'),
  reviewAdr: z
    .boolean()
    .optional()
    .describe('Whether a person approves the decision record before the pull request; false when absent.'),
  autoMerge: z
    .boolean()
    .optional()
    .describe('Whether Baton merges the pull request when a person has approved that; false when absent.'),
  interventionIssue: z
    .boolean()
    .optional()
    .describe(
      'Whether an issue is opened when a delivery cannot go on without a person, besides asking on its own; true when absent.',
    ),
  stateFile: z
    .boolean()
    .optional()
    .describe(
      "Whether each checkpoint has the run's state in `.claude/state/<TICKET>.json`; false when absent.",
    ),
  securityHoldAt: z
    .array(dangerSchema)
    .min(1)
    .optional()
    .describe(
      'Which security findings halt the run; `critical` and `high` when absent. The others are sent back to be mended.',
    ),
  environmentSecrets: z
    .enum(['allow', 'forbid'])
    .optional()
    .describe('Whether secrets may come from environment variables; `allow` when absent.'),
  logIds: z
    .array(z.string().min(1).max(60))
    .max(5)
    .optional()
    .describe('Ids that every log statement has; `request_id` and `call_id` when absent.'),
  stack: stackRulesSchema.optional().describe('What this repository is built with, and stays built with.'),
});
export type DeliverySettings = z.infer<typeof deliverySettingsSchema>;
