import { z } from 'zod';
import { shaSchema } from './outcome.ts';

/**
 * ISO time of the person's answer on GitHub. Absent for a button: it is there only while its question is, and GitHub
 * does not tell when it was pressed.
 */
const givenAt = z.iso.datetime().optional();

/** What a person asks of a run that exists. */
export const steerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('approve'),
    /** ISO time of the person's answer on GitHub. */
    givenAt: z.iso.datetime(),
    /** The live head of the run's branch when the answer was processed; null while it has no branch. */
    head: shaSchema.nullable(),
    /** The short digest the person named, when they named one. */
    digest: z.string().optional(),
  }),
  z.object({ kind: z.literal('reject'), givenAt, reason: z.string() }),
  z.object({ kind: z.literal('retry'), givenAt, guidance: z.string() }),
  z.object({ kind: z.literal('cancel'), reason: z.string() }),
]);
export type Steer = z.infer<typeof steerSchema>;
