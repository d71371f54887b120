import { z } from 'zod';
import { shaSchema } from './outcome.ts';

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
  z.object({ kind: z.literal('reject'), givenAt: z.iso.datetime(), reason: z.string() }),
  z.object({ kind: z.literal('retry'), guidance: z.string() }),
  z.object({ kind: z.literal('cancel'), reason: z.string() }),
]);
export type Steer = z.infer<typeof steerSchema>;
