import { z } from 'zod';
import type { Notification } from './open-rpc.ts';

const itemSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('agentMessage'), id: z.string(), text: z.string() }),
  z.object({
    type: z.literal('commandExecution'),
    id: z.string(),
    command: z.string(),
    exitCode: z.int().nullish(),
  }),
  z.object({
    type: z.literal('fileChange'),
    id: z.string(),
    changes: z.array(z.object({ path: z.string() })),
    status: z.string(),
  }),
]);
export type Item = z.infer<typeof itemSchema>;

const errorSchema = z.object({ message: z.string(), codexErrorInfo: z.unknown().optional() });
export type TurnError = z.infer<typeof errorSchema>;

/** What of Codex's notifications means something here, by their method. */
const noticeSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('item/started'), params: z.object({ item: itemSchema }) }),
  z.object({ method: z.literal('item/completed'), params: z.object({ item: itemSchema }) }),
  z.object({
    method: z.literal('thread/tokenUsage/updated'),
    params: z.object({
      tokenUsage: z.object({
        last: z.object({ inputTokens: z.int().nonnegative(), outputTokens: z.int().nonnegative() }),
      }),
    }),
  }),
  z.object({ method: z.literal('error'), params: z.object({ error: errorSchema, willRetry: z.boolean() }) }),
  z.object({ method: z.literal('warning'), params: z.object({ message: z.string() }) }),
  z.object({ method: z.literal('configWarning'), params: z.object({ summary: z.string() }) }),
  z.object({
    method: z.literal('turn/completed'),
    params: z.object({ turn: z.object({ status: z.string(), error: errorSchema.nullish() }) }),
  }),
]);
export type Notice = z.infer<typeof noticeSchema>;

/** Null for one of another kind: there are many, and with each version more. */
export function readNotice(notification: Notification): Notice | null {
  return noticeSchema.safeParse(notification).data ?? null;
}
