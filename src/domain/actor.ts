import { z } from 'zod';

/** A person (or app) who acts on GitHub. Compared by numeric id; a login can be renamed and taken over. */
export const actorSchema = z.object({ id: z.int(), login: z.string().min(1) });
export type Actor = z.infer<typeof actorSchema>;
