import { z } from 'zod';
import { factsSchema } from './fact.ts';
import { issueTypeSchema } from './issue-type.ts';

/** What the lead gives back when it is asked which workflow an issue needs. */
export const triageReportSchema = z.object({
  kind: z.literal('triage'),
  type: issueTypeSchema,
  /** From 0 to 1. Low means: ask a person. */
  confidence: z.number().min(0).max(1),
  /** What speaks for it, in words that a maintainer understands. */
  reasons: z.array(z.string().min(1).max(300)).min(1).max(5),
  /** Name of one of the workflows that were offered. */
  workflow: z.string().min(1).max(64),
  facts: factsSchema.default({}),
});
export type TriageReport = z.infer<typeof triageReportSchema>;
