import { z } from 'zod';

/** One waking of a member in a repository. */
export const wakingSchema = z.object({
  /** Made of member, repository and what it wakes for: the same is the same waking. */
  id: z.string(),
  repositoryId: z.int(),
  member: z.string(),
  /** What it wakes for: its tick, or a message. */
  reason: z.string(),
});
export type Waking = z.infer<typeof wakingSchema>;
