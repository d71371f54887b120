import { z } from 'zod';

const blockSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('tool_result'), tool_use_id: z.string(), is_error: z.boolean().optional() }),
]);
export type Block = z.infer<typeof blockSchema>;

/** Blocks of other kinds are left out. */
const contentSchema = z
  .array(z.unknown())
  .transform((blocks) =>
    blocks
      .map((block) => blockSchema.safeParse(block))
      .flatMap(({ data }) => (data === undefined ? [] : [data])),
  )
  .catch([]);

const countSchema = z.int().nonnegative().nullish();

const resultSchema = z.object({
  type: z.literal('result'),
  subtype: z.string(),
  is_error: z.boolean().default(false),
  api_error_status: z.int().nullish(),
  stop_reason: z.string().nullish(),
  /** Words for what went wrong: of the provider, or of Claude Code itself. */
  result: z.string().default(''),
  errors: z.array(z.string()).default([]),
  structured_output: z.unknown().optional(),
  /** Of the whole session so far. */
  total_cost_usd: z.number().nonnegative().nullish(),
  modelUsage: z.record(z.string(), z.object({ costBasis: z.string().optional() })).catch({}),
  usage: z
    .object({
      input_tokens: countSchema,
      cache_creation_input_tokens: countSchema,
      cache_read_input_tokens: countSchema,
      output_tokens: countSchema,
    })
    .catch({}),
});
export type Result = z.infer<typeof resultSchema>;

/** What of Claude Code's messages means something here. */
const messageSchema = z.union([
  resultSchema,
  z.object({ type: z.enum(['assistant', 'user']), message: z.object({ content: contentSchema }) }),
  z.object({
    type: z.literal('system'),
    subtype: z.literal('api_retry'),
    retry_delay_ms: z.number(),
    error_status: z.int().nullish(),
  }),
]);
export type Message = z.infer<typeof messageSchema>;

/** Null for a message of another kind: there are many, and with each version more. */
export function readMessage(message: unknown): Message | null {
  return messageSchema.safeParse(message).data ?? null;
}
