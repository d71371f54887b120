import { z } from 'zod';

const TOOLS = ['read', 'search', 'edit', 'bash'] as const;

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
  /** The Markdown under the front matter: what this role looks at, decides, hands over and refuses. */
  brief: z.string().min(1),
});
export type Role = z.infer<typeof roleSchema>;
