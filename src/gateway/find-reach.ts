import type { Form } from './route.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Tools that the agent itself carries out, by the beginning of their type. Every other one is the provider's. */
const OWN_TOOLS: Readonly<Record<Form, RegExp>> = {
  messages: /^(custom$|bash_|text_editor_|computer_|memory_)/,
  chat: /^(function|custom)$/,
  responses: /^(function|custom|local_shell|shell|apply_patch|computer_use_preview)$/,
};

/** By these a provider is told to use other machines, or what is kept in the account. */
const REACHING = ['mcp_servers', 'container', 'web_search_options', 'prompt', 'conversation'] as const;

/** Where a conversation stands in a request. */
const CONVERSATION = ['system', 'messages', 'input'] as const;

/** Deeper than the conversation of any SDK. */
const MAX_DEPTH = 32;

/**
 * What in a request would make the provider reach out for the agent: its own web search, a foreign tool server, a
 * picture on the web. A line would then be a way to the whole network. Null when there is nothing.
 */
export function findReach(form: Form, body: Fields): string | null {
  const foreign = findForeign(form, body['tools'], 0);
  if (foreign !== null) {
    return foreign;
  }
  const field = REACHING.find((name) => !isNothing(body[name]));
  return field === undefined
    ? findInAny(
        form,
        CONVERSATION.map((name) => body[name]),
        0,
      )
    : `the field ${field}`;
}

/** The first tool of a list that the agent does not carry out itself. A namespace is a list of further ones. */
function findForeign(form: Form, tools: unknown, depth: number): string | null {
  if (!Array.isArray(tools) || depth > MAX_DEPTH) {
    return isNothing(tools) ? null : 'tools that are no list';
  }
  for (const tool of tools) {
    const type = typeOf(tool);
    const isNamespace = form === 'responses' && type === 'namespace' && isObject(tool);
    const found = isNamespace ? findForeign(form, tool['tools'], depth + 1) : toForeign(form, type);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

function toForeign(form: Form, type: string): string | null {
  return OWN_TOOLS[form].test(type) ? null : `the tool ${type.slice(0, 80)}`;
}

/** A tool without a type is the agent's own in Anthropic's form, and none at all in the others. */
function typeOf(tool: unknown): string {
  const type = isObject(tool) ? (tool['type'] ?? 'custom') : null;
  return typeof type === 'string' ? type : 'without a type';
}

/** Looks through a conversation. Tools can be handed in there as well, in the middle of it. */
function findInside(form: Form, value: unknown, depth: number): string | null {
  if (depth > MAX_DEPTH) {
    return 'a conversation that is nested too deeply';
  }
  if (Array.isArray(value)) {
    return findInAny(form, value, depth + 1);
  }
  if (!isObject(value)) {
    return null;
  }
  if (isRemote(value)) {
    return 'content at a URL';
  }
  // The arguments of a tool are the agent's own words: nobody fetches what they name.
  const { type, tools, ...rest } = value;
  return type === 'tool_use'
    ? null
    : (findForeign(form, tools, 0) ?? findInAny(form, Object.values(rest), depth + 1));
}

function findInAny(form: Form, values: readonly unknown[], depth: number): string | null {
  for (const value of values) {
    const found = findInside(form, value, depth);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

/** Anthropic: `{ type: 'url', url }`. OpenAI: `{ image_url: { url } }`, `{ image_url: '...' }` or `{ file_url: '...' }`. */
function isRemote({ type, image_url: image, file_url: file }: Fields): boolean {
  const url = isObject(image) ? image['url'] : image;
  return type === 'url' || !isNothing(file) || (typeof url === 'string' && !url.startsWith('data:'));
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
