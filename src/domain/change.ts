import { z } from 'zod';
import { shaSchema } from './sha.ts';

/** The change that a pull request proposed when its review was asked for: exactly this commit is judged, and no other. */
export const changeSchema = z.object({
  headSha: shaSchema,
  /** Short name of the branch it is proposed for. */
  baseRef: z.string().min(1),
  /** Whether the head lies in another repository, where people without any right here can push. */
  fork: z.boolean(),
});
export type Change = z.infer<typeof changeSchema>;
