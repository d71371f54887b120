import { z } from 'zod';

export const TOOLS = ['read', 'search', 'edit', 'bash'] as const;

/** Who an agent is: front matter of a `roles/*.md` file and the brief below it (the Claude Code agent-file format). */
export const roleSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'a role name is lower-case words joined by hyphens'),
  description: z.string().min(1),
  /** A tier (opus, sonnet, haiku) that the operator maps to a model, or `inherit`. */
  model: z.enum(['opus', 'sonnet', 'haiku', 'inherit']).default('inherit'),
  tools: z.array(z.enum(TOOLS)).default(['read', 'search']),
  /** The Markdown under the front matter: what this role looks at, decides, hands over and refuses. */
  brief: z.string().min(1),
});
export type Role = z.infer<typeof roleSchema>;
