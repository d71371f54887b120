import { z } from 'zod';
import { actorSchema } from './actor.ts';
import { outcomeSchema, shaSchema } from './outcome.ts';
import { steerSchema } from './steer.ts';

/** What happened to a run, in the past tense, with the time the clock port gave. */
export const runEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('begun'),
    at: z.iso.datetime(),
    base: z.object({ ref: z.string(), sha: shaSchema }),
  }),
  z.object({
    kind: z.literal('not-begun'),
    at: z.iso.datetime(),
    reason: z.string(),
  }),
  z.object({
    kind: z.literal('step-finished'),
    at: z.iso.datetime(),
    step: z.string(),
    attempt: z.int().positive(),
    outcome: outcomeSchema,
    /** Digest of what a held outcome shows; made outside, because hashing is not the domain's. */
    digest: z.string(),
  }),
  /** Baton itself cannot go on with this run: a fault of ours, not of the work. */
  z.object({ kind: z.literal('given-up'), at: z.iso.datetime(), reason: z.string() }),
  z.object({ kind: z.literal('steered'), at: z.iso.datetime(), by: actorSchema, steer: steerSchema }),
]);
export type RunEvent = z.infer<typeof runEventSchema>;
