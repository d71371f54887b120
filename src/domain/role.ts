import { z } from 'zod';

const TOOLS = ['read', 'search', 'edit', 'bash'] as const;

export const RUNTIME_NAME = /^[a-z][a-z0-9-]{0,63}$/;
export const MODEL_NAME = /^[\w.:/@[\]-]{1,200}$/;

/** Who an agent is: front matter of a `roles/*.md` file and the brief below it (the Claude Code agent-file format). */
export const roleSchema = z.object({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,63}$/, 'a role name is lower-case words joined by hyphens')
    .describe('Equals the file name.'),
  description: z.string().min(1).describe('What the role is for, in a sentence.'),
  model: z
    .enum(['opus', 'sonnet', 'haiku', 'inherit'])
    .default('inherit')
    .describe('A tier that the operator maps to a model; `inherit` takes the operator’s default.'),
  tools: z.array(z.enum(TOOLS)).default(['read', 'search']).describe('What the role may do in its tree.'),
  runtime: z
    .string()
    .regex(RUNTIME_NAME, 'the name of a runtime is lower-case words joined by hyphens')
    .optional()
    .describe('The runtime that is asked first; that of the operator when absent.'),
  turns: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('Most answers of the model in one attempt. The limit of the operator holds as well.'),
  minutes: z
    .int()
    .min(1)
    .max(24 * 60)
    .optional()
    .describe('Most minutes of one attempt. The limit of the step holds as well.'),
  /** The Markdown under the front matter: what this role looks at, decides, hands over and refuses. */
  brief: z.string().min(1),
});
export type Role = z.infer<typeof roleSchema>;
