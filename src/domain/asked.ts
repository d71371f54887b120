import { z } from 'zod';

/** Who was asked in an attempt, and what came of it. */
export const askedSchema = z.object({
  role: z.string(),
  runtime: z.string(),
  /** Null: it asks none. */
  model: z.string().nullable(),
  /** `passed-over`: it had failed so often that it was spared. */
  result: z.enum(['answered', 'failed', 'passed-over']),
  /** What was shortened or left out of the brief to keep room for the work; absent when nothing was. */
  leftOut: z.array(z.string()).optional(),
  /** What went wrong, when something did. */
  why: z.string().optional(),
});
export type Asked = z.infer<typeof askedSchema>;
