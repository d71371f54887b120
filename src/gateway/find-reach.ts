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
  const { tools } = body;
  const foreign = (Array.isArray(tools) ? tools : []).find((tool) => !OWN_TOOLS[form].test(typeOf(tool)));
  if (foreign !== undefined) {
    return `the tool ${typeOf(foreign).slice(0, 80)}`;
  }
  const field = REACHING.find((name) => !isNothing(body[name]));
  if (field !== undefined) {
    return `the field ${field}`;
  }
  return CONVERSATION.some((name) => hasRemoteContent(body[name], 0)) ? 'content at a URL' : null;
}

/** A tool without a type is the agent's own in Anthropic's form, and none at all in the others. */
function typeOf(tool: unknown): string {
  const type = isObject(tool) ? (tool['type'] ?? 'custom') : null;
  return typeof type === 'string' ? type : 'without a type';
}

/** Anthropic: `{ type: 'url', url }`. OpenAI: `{ image_url: { url } }`, `{ image_url: '...' }` or `{ file_url: '...' }`. */
function hasRemoteContent(value: unknown, depth: number): boolean {
  if (depth > MAX_DEPTH) {
    return true;
  }
  if (Array.isArray(value)) {
    return value.some((one) => hasRemoteContent(one, depth + 1));
  }
  if (!isObject(value)) {
    return false;
  }
  const { type, image_url: image, file_url: file } = value;
  const url = isObject(image) ? image['url'] : image;
  if (type === 'url' || !isNothing(file) || (typeof url === 'string' && !url.startsWith('data:'))) {
    return true;
  }
  // The arguments of a tool are the agent's own words: nobody fetches what they name.
  return type !== 'tool_use' && Object.values(value).some((one) => hasRemoteContent(one, depth + 1));
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
