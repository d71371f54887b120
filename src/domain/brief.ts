import { z } from 'zod';
import { roleSchema } from './role.ts';

/** What a role is asked, complete: a runtime adds nothing and leaves nothing out. */
export const briefSchema = z.object({
  runId: z.string(),
  step: z.string(),
  attempt: z.int().positive(),
  role: roleSchema,
  /** Who the agent is and what rules it has. Trusted text. */
  instructions: z.string(),
  /** The work, with untrusted text fenced and labelled. */
  prompt: z.string(),
  /** Which answer is expected. */
  report: z.enum(['work', 'review']),
  /** Whether the agent may change the tree. */
  access: z.enum(['read', 'write']),
  timeoutMs: z.int().positive(),
});
export type Brief = z.infer<typeof briefSchema>;
