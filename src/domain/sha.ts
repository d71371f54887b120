import { z } from 'zod';

/** The id of a commit. */
export const shaSchema = z.string().regex(/^[0-9a-f]{40}$/);
export type Sha = z.infer<typeof shaSchema>;
