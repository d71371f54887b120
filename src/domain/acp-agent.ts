import { z } from 'zod';

/** What stands in an agent's description for what is known only when it is started. */
const PLACEHOLDERS = ['line', 'token', 'model'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** Braces of JSON have quotes or space behind them, so they are none of these. */
const PLACEHOLDER = /\{([a-z]+)\}/g;

/** A value of the environment. What is no string is given to the agent as JSON. */
const valueSchema = z.json().superRefine((value, context) => {
  for (const [whole, name = ''] of JSON.stringify(value).matchAll(PLACEHOLDER)) {
    if (!PLACEHOLDERS.some((known) => known === name)) {
      const message = `has ${whole}, and there are only ${PLACEHOLDERS.map((known) => `{${known}}`).join(', ')}`;
      context.addIssue({ code: 'custom', message });
    }
  }
});
export type AcpValue = z.infer<typeof valueSchema>;

const environmentSchema = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'must be the name of a variable'),
  valueSchema,
);

/** An agent that speaks the Agent Client Protocol: how it is started, and how it finds the line to its models. */
export const acpAgentSchema = z.strictObject({
  /** What it is called in messages. */
  name: z.string().min(1).max(60),
  /** Program and arguments; `{model}` may stand in these. */
  command: z.tuple([z.string().min(1)], z.string()),
  /** What of this machine it has to read: its own files, and those of what runs it. */
  files: z.array(z.string().startsWith('/', 'must be an absolute path')).max(20).default([]),
  /** Globs of what it does not see of a repository: where it would find settings, which the author of a change has written. */
  hides: z
    .array(z.string().regex(/^(?![/~])(?!.*\.\.)[^\0]+$/, 'must be a glob below the root'))
    .max(20)
    .default([]),
  environment: environmentSchema.default({}),
  /** What more is in the environment when the line speaks as Anthropic or as OpenAI does. It works with those named. */
  speaks: z
    .strictObject({ anthropic: environmentSchema.optional(), openai: environmentSchema.optional() })
    .refine((speaks) => Object.keys(speaks).length > 0, 'must name anthropic, openai or both'),
});
export type AcpAgent = z.infer<typeof acpAgentSchema>;

/** The API that a line speaks. */
export type LineApi = keyof AcpAgent['speaks'];

/** A value with what stands for the placeholders, as it is put into the environment or the arguments. */
export function fillIn(value: AcpValue, given: Readonly<Record<Placeholder, string>>): string {
  return typeof value === 'string'
    ? replaceIn(value, (name) => given[name])
    : replaceIn(JSON.stringify(value), (name) => JSON.stringify(given[name]).slice(1, -1));
}

function replaceIn(text: string, valueOf: (name: Placeholder) => string): string {
  return PLACEHOLDERS.reduce((filled, name) => filled.replaceAll(`{${name}}`, () => valueOf(name)), text);
}
