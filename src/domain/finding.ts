import { z } from 'zod';
import { dangerSchema } from './danger.ts';

/** Most findings that a gate gives, so that two commits can be compared by them. */
export const MAX_FINDINGS = 500;

/** One point in a verdict or a review: where, what, and what to do about it. */
export const findingSchema = z.object({
  /** Path inside the repository; absent when the point is about the change as a whole. */
  path: z.string().min(1).optional(),
  /** First line, counted from 1. */
  line: z.int().positive().optional(),
  message: z.string().min(1),
  severity: z.enum(['error', 'warning', 'note']).default('error'),
  /** How much harm it could do, when a scanner says so. */
  danger: dangerSchema.optional(),
});
export type Finding = z.infer<typeof findingSchema>;
