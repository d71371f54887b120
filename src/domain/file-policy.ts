import { z } from 'zod';

/** What happens to a change of a file: a person releases it, it goes back to its author, or it is ordinary. */
export const filePolicySchema = z.strictObject({
  glob: z.string().min(1).max(200).describe('Glob of files.'),
  policy: z
    .enum(['hold', 'block', 'allow'])
    .default('hold')
    .describe('`hold`: a second person releases it; `block`: it goes back to its author; `allow`: ordinary.'),
});
export type FilePolicy = z.infer<typeof filePolicySchema>;
