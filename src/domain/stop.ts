import { z } from 'zod';
import { modelRefusalSchema } from './model-refusal.ts';

/** The program of an agent came to an end in the middle of its work. `until`: when it starts again; null: no more by itself. */
const crashSchema = z.object({
  kind: z.literal('crash'),
  message: z.string(),
  /** The role whose agent it was. */
  role: z.string(),
  /** How often it has crashed in a row, this time included. */
  crashes: z.int().positive(),
  mostRestarts: z.int().nonnegative(),
  /** Before the restart, in milliseconds. */
  waitMs: z.int().nonnegative().nullable(),
  until: z.iso.datetime().nullable(),
});
export type AgentCrash = z.infer<typeof crashSchema>;

/** What stopped the agent of an attempt, other than its work. */
export const stopSchema = z.discriminatedUnion('kind', [...modelRefusalSchema.options, crashSchema]);
export type Stop = z.infer<typeof stopSchema>;
