import { z } from 'zod';

/** One waking of a member in a repository. */
export const wakingSchema = z.object({
  /** Made of member, repository, what it wakes for and which waking it follows: the same is the same waking. */
  id: z.string(),
  repositoryId: z.int(),
  member: z.string(),
  /** What it wakes for: its tick, a message, or that something has eased which kept it from its work. */
  reason: z.string(),
  /** When the waking began that it follows, in milliseconds; 0 for the first. Absent in a record of an earlier version. */
  afterMs: z.int().optional(),
  /** How many wakings in a row before it met a GitHub that was away. */
  outages: z.int().optional(),
  /** When the first of these met it, in milliseconds. */
  awaySinceMs: z.int().optional(),
});
export type Waking = z.infer<typeof wakingSchema>;
