import { z } from 'zod';

const ms = z.number().nonnegative();
/** Names that programs of others choose. */
const name = z.string().max(200);

/** Whose model an agent asks, by the name of its provider; absent for what asks none. */
const asking = { provider: name.optional(), model: name.optional() };

/** What happened while somebody was at work. */
export const happeningSchema = z.discriminatedUnion('type', [
  /** `pid`: the process that it lives in, where that is known before it is launched. */
  z.object({
    type: z.literal('agent_launched'),
    runtime: name,
    model: name.nullable(),
    pid: z.int().optional(),
  }),
  /** An agent has a process of its own now, or another one. */
  z.object({ type: z.literal('process_started'), pid: z.int() }),
  /** `age`: since the agent was last heard of, in milliseconds; what was measured is null where there is no process. */
  z.object({
    type: z.literal('health_check'),
    status: z.enum(['running', 'silent', 'dead']),
    age: ms,
    pid: z.int().nullable().optional(),
    cpuPercent: z.number().nullable().optional(),
    memoryBytes: z.number().nonnegative().nullable().optional(),
    ailments: z.array(z.string().max(200)).optional(),
  }),
  /** Another try of the same agent, by another candidate or in a later attempt. */
  z.object({ type: z.literal('agent_restart'), reason: z.string().max(500), restarts: z.int().positive() }),
  z.object({ type: z.literal('agent_failed'), reason: z.string().max(500), ms, ...asking }),
  /** `tokens`: about how many the message takes; `about`: a run, or the key of a letter. */
  z.object({
    type: z.literal('message_sent'),
    to: name,
    task: name,
    tokens: z.int().nonnegative().optional(),
    about: z.string().max(300).optional(),
  }),
  /** `ms`: how long the answer to an agent's brief took, or the way of a letter. */
  z.object({
    type: z.literal('message_received'),
    from: name,
    task: name,
    ms,
    about: z.string().max(300).optional(),
    ...asking,
  }),
  z.object({ type: z.literal('tool_called'), tool: name, ok: z.boolean(), ms }),
  z.object({
    type: z.literal('model_answered'),
    inputTokens: z.int().nonnegative().nullable(),
    outputTokens: z.int().nonnegative().nullable(),
    ...asking,
  }),
  /** A file that an agent changed, or a comment that a member keeps up to date. */
  z.object({ type: z.literal('file_modified'), path: z.string().max(500) }),
  z.object({ type: z.literal('task_completed'), task: name, outcome: name, ms }),
]);
export type Happening = z.infer<typeof happeningSchema>;

/** One entry of a trace. */
export interface TraceEvent {
  /** A UUID. */
  readonly id: string;
  /** The id of the run, or of the waking. */
  readonly trace: string;
  /** ISO time with milliseconds. */
  readonly at: string;
  /** The role or member at work; `orchestrator` for Baton itself. */
  readonly agent: string;
  /** The step of a run; null for the whole, and in wakings. */
  readonly step: string | null;
  /** Which try it is of the step, or of the waking; null for the whole. */
  readonly attempt: number | null;
  /** What tells one launch of an agent from others; null for what is no part of one. */
  readonly call: string | null;
  readonly happened: Happening;
}
