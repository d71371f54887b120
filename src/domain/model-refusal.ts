import { z } from 'zod';
import { amountSchema } from './amount.ts';
import { SCOPES } from './budget.ts';

/** Why a call to a model was not made. `until`: ISO time at which that ends by itself; null when it does not. */
export const modelRefusalSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('budget'),
    scope: z.enum(SCOPES),
    /** The budget that is used up. */
    limit: amountSchema,
    message: z.string(),
    until: z.iso.datetime().nullable(),
  }),
  /** The provider has no quota left for us. */
  z.object({ kind: z.literal('quota'), message: z.string(), until: z.iso.datetime().nullable() }),
]);
export type ModelRefusal = z.infer<typeof modelRefusalSchema>;
