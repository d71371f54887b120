import { z } from 'zod';
import { workflowSchema } from '../workflow.ts';
import { toCronFault } from './cron.ts';
import { durationSchema } from './duration.ts';

const cron = z
  .string()
  .max(100)
  .superRefine((text, context) => {
    const fault = toCronFault(text);
    if (fault !== null) {
      context.addIssue({ code: 'custom', message: fault });
    }
  });

/** What a repository says about one member. What is left out stays as the member has it. */
export const memberSettingsSchema = z.strictObject({
  enabled: z.boolean().default(true).describe('`false`: the member does not work here.'),
  every: durationSchema.optional().describe('How often it wakes: `5m`, `1h`, `1d`.'),
  cron: cron
    .optional()
    .describe('When it wakes, in place of `every`: five fields, in UTC, like `0 6 * * 1-5`.'),
  priority: z.int().min(1).max(10).optional().describe('Its place in the launch; 1 comes first.'),
  minutes: z
    .int()
    .min(1)
    .max(240)
    .optional()
    .describe('Time limit of a waking, and of each attempt of an agent that works for it.'),
  memoryMb: z
    .int()
    .min(16)
    .max(65_536)
    .default(256)
    .describe('What an agent that works for it may use of memory before that is warned of.'),
  autoApprove: z
    .boolean()
    .default(false)
    .describe(
      'Whether it says yes to the approvals of the runs that it has started. Never to what is held for security, nor to a question. Not for the project manager, who starts none.',
    ),
  workflow: workflowSchema.shape.name
    .optional()
    .describe('The workflow that it starts; its own when absent.'),
  atOnce: z.int().min(1).max(20).default(1).describe('Most runs of its own that are open at a time.'),
});
export type MemberSettings = z.infer<typeof memberSettingsSchema>;

/** Of a member that nothing is said about. */
export const DEFAULT_MEMBER_SETTINGS: MemberSettings = memberSettingsSchema.parse({});
