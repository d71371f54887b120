import { z } from 'zod';
import { actorSchema } from './actor.ts';
import { findingSchema } from './finding.ts';

/** Why a step is being done again: findings of a later step, or a person's guidance. */
export const feedbackSchema = z.object({
  from: z.string(),
  /** Whose words they are, when a person has decided. */
  by: actorSchema.optional(),
  summary: z.string(),
  findings: z.array(findingSchema),
});
export type Feedback = z.infer<typeof feedbackSchema>;
