import { z } from 'zod';

/** How pieces of work hang together, for people to look at. Each piece is the steps whose ids begin with its id. */
export const workGraphSchema = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    /** Ids of the pieces that come before. */
    after: z.array(z.string()),
    /** What is done side by side in it, by step. */
    parts: z.array(z.object({ step: z.string(), title: z.string() })),
  }),
);
export type WorkGraph = z.infer<typeof workGraphSchema>;
