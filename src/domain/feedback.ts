import { z } from 'zod';
import { findingSchema } from './finding.ts';

/** Why a step is being done again: findings of a later step, or a person's guidance. */
export const feedbackSchema = z.object({
  from: z.string(),
  summary: z.string(),
  findings: z.array(findingSchema),
});
export type Feedback = z.infer<typeof feedbackSchema>;
