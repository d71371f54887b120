import { z } from 'zod';

const ms = z.number().nonnegative();
/** Names that programs of others choose. */
const name = z.string().max(200);

/** What happened while somebody was at work. */
export const happeningSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('agent_launched'), runtime: name, model: name.nullable() }),
  /** `age`: since the agent was last heard of, in milliseconds. */
  z.object({ type: z.literal('health_check'), status: z.enum(['running', 'silent']), age: ms }),
  /** Another try of the same agent, by another candidate or in a later attempt. */
  z.object({ type: z.literal('agent_restart'), reason: z.string().max(500), restarts: z.int().positive() }),
  z.object({ type: z.literal('agent_failed'), reason: z.string().max(500), ms }),
  /** `tokens`: about how many the message takes. */
  z.object({
    type: z.literal('message_sent'),
    to: name,
    task: name,
    tokens: z.int().nonnegative().optional(),
  }),
  z.object({ type: z.literal('message_received'), from: name, task: name, ms }),
  z.object({ type: z.literal('tool_called'), tool: name, ok: z.boolean(), ms }),
  z.object({
    type: z.literal('model_answered'),
    inputTokens: z.int().nonnegative().nullable(),
    outputTokens: z.int().nonnegative().nullable(),
  }),
  /** A file that an agent changed, or the commit that seals its work. */
  z.object({ type: z.literal('file_modified'), path: z.string().max(500) }),
  z.object({ type: z.literal('task_completed'), task: name, outcome: name, ms }),
]);
export type Happening = z.infer<typeof happeningSchema>;

/** One entry of a trace. */
export interface TraceEvent {
  /** A UUID. */
  readonly id: string;
  /** The id of the run, or of whatever else is traced. */
  readonly trace: string;
  /** ISO time with milliseconds. */
  readonly at: string;
  /** The role at work; `orchestrator` for Baton itself. */
  readonly agent: string;
  /** The step of a run and its attempt; null outside of runs. */
  readonly step: string | null;
  readonly attempt: number | null;
  /** What tells one launch of an agent from others; null for what is no part of one. */
  readonly call: string | null;
  readonly happened: Happening;
}
