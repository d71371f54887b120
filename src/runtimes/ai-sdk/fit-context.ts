import type { ModelMessage } from 'ai';

/** Results of the newest calls stay whole, whatever they take. */
const KEPT_MESSAGES = 4;
/** What is left of a result that was dropped. */
const KEPT_CHARACTERS = 200;

/**
 * Makes room in a conversation that has grown over `most` characters: the oldest results of tools are shortened until it
 * is at half of that, so that this is seldom done and what the provider has cached stays of use.
 */
export function fitContext(messages: readonly ModelMessage[], most: number): readonly ModelMessage[] {
  let excess = measure(messages) <= most ? 0 : measure(messages) - most / 2;
  const newest = messages.length - KEPT_MESSAGES;
  return messages.map((message, index) => {
    if (excess <= 0 || index >= newest || message.role !== 'tool') {
      return message;
    }
    const shorter = { ...message, content: message.content.map(shorten) };
    excess -= measure([message]) - measure([shorter]);
    return shorter;
  });
}

function measure(messages: readonly ModelMessage[]): number {
  return JSON.stringify(messages).length;
}

type ToolPart = Extract<ModelMessage, { role: 'tool' }>['content'][number];

function shorten(part: ToolPart): ToolPart {
  if (part.type !== 'tool-result' || part.output.type !== 'text') {
    return part;
  }
  const { value } = part.output;
  return value.length <= 2 * KEPT_CHARACTERS
    ? part
    : {
        ...part,
        output: {
          type: 'text',
          value: `${value.slice(0, KEPT_CHARACTERS)}\n[... dropped to make room; call the tool again if you need it ...]`,
        },
      };
}
