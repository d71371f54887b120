import { z } from 'zod';

/** An item of the checklist as it was answered and weighed. */
export const answeredItemSchema = z.object({
  id: z.string(),
  group: z.enum(['must', 'should', 'trigger']),
  answer: z.enum(['yes', 'no', 'not-applicable', 'present', 'absent']),
  evidence: z.array(z.string()),
  note: z.string().optional(),
  /** Why the evidence does not carry the answer; absent when it does. */
  fault: z.string().optional(),
});
export type AnsweredItem = z.infer<typeof answeredItemSchema>;

/** What one reviewer answered, and how that reviewer decided. */
export const answeredChecklistSchema = z.object({
  /** The step, or the branch of a step, that reviewed. */
  step: z.string(),
  /** What the report says; the outcome says what came of it. */
  verdict: z.enum(['approve', 'reject']),
  items: z.array(answeredItemSchema),
});
export type AnsweredChecklist = z.infer<typeof answeredChecklistSchema>;
