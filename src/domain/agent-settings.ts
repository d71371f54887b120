import { z } from 'zod';
import { MODEL_NAME, RUNTIME_NAME, roleSchema } from './role.ts';

const runtime = z.string().regex(RUNTIME_NAME, 'the name of a runtime is lower-case words joined by hyphens');

/** What a repository says about one role. What is left out stays as it is. */
export const agentSettingsSchema = z.strictObject({
  runtime: z
    .union([runtime, z.array(runtime).min(1).max(10)])
    .optional()
    .describe(
      'The runtime that is asked first, or several in their order; those of the server follow. Only what the operator offers.',
    ),
  model: z
    .string()
    .regex(MODEL_NAME, 'must be the name of a model, without white space')
    .optional()
    .describe('A tier (`opus`, `sonnet`, `haiku`, `inherit`), or a model that the operator offers.'),
  turns: roleSchema.shape.turns,
  minutes: roleSchema.shape.minutes,
  tools: z
    .array(roleSchema.shape.tools.unwrap().element)
    .optional()
    .describe('The tools that the role keeps. None can be added here.'),
});
export type AgentSettings = z.infer<typeof agentSettingsSchema>;
