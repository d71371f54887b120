import { z } from 'zod';
import { endedRunSchema, heldRunSchema, runningRunSchema, runSchema } from './run.ts';

/** What follows from an event. `ignore` changes nothing and says why, so that the asker can be told. */
export const decisionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['next', 'return', 'repeat']), run: runningRunSchema }).readonly(),
  z.object({ kind: z.literal('hold'), run: heldRunSchema }).readonly(),
  z.object({ kind: z.literal('finish'), run: endedRunSchema }).readonly(),
  z.object({ kind: z.literal('ignore'), run: runSchema, why: z.string() }).readonly(),
]);
export type Decision = z.infer<typeof decisionSchema>;
