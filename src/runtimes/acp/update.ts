import { z } from 'zod';

const toolSchema = z.object({
  toolCallId: z.string(),
  title: z.string().nullish(),
  name: z.string().nullish(),
  kind: z.string().nullish(),
  status: z.string().nullish(),
  rawInput: z.unknown().optional(),
  locations: z.array(z.object({ path: z.string() })).nullish(),
});
export type ToolUpdate = z.infer<typeof toolSchema>;

/** What of an agent's updates means something here, by their kind. */
const updateSchema = z.discriminatedUnion('sessionUpdate', [
  z.object({
    sessionUpdate: z.literal('agent_message_chunk'),
    messageId: z.string().nullish(),
    content: z.object({ type: z.literal('text'), text: z.string() }),
  }),
  toolSchema.extend({ sessionUpdate: z.literal('tool_call') }),
  toolSchema.extend({ sessionUpdate: z.literal('tool_call_update') }),
]);
export type Update = z.infer<typeof updateSchema>;

const notificationSchema = z.object({
  method: z.literal('session/update'),
  params: z.object({ update: z.unknown() }),
});

/** The update in a message; null for a message that is none, and for one of a kind that says nothing here. */
export function readUpdate(message: unknown): Update | null {
  const notification = notificationSchema.safeParse(message).data;
  return updateSchema.safeParse(notification?.params.update).data ?? null;
}
