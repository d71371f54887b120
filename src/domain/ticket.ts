import { z } from 'zod';
import { actorSchema } from './actor.ts';

/** What the run was asked to do: the issue as it stood at the trigger. Later edits do not reach the agents. */
export const ticketSchema = z.object({
  title: z.string(),
  body: z.string(),
  author: actorSchema,
  url: z.string(),
  /** Names of the labels it had. Tickets from before they were kept have none. */
  labels: z.array(z.string()).default([]),
});
export type Ticket = z.infer<typeof ticketSchema>;
