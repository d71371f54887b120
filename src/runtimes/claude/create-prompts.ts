/** What the agent is told, turn by turn, as the SDK takes it. */
export interface Prompts {
  readonly messages: AsyncIterable<unknown>;
  say(text: string): void;
  /** There is nothing more to say. */
  close(): void;
}

export function createPrompts(first: string): Prompts {
  const waiting: (string | null)[] = [first];
  let wake: (() => void) | null = null;
  function add(text: string | null): void {
    waiting.push(text);
    wake?.();
  }
  async function* read(): AsyncGenerator {
    for (;;) {
      const text = waiting.shift();
      if (text === null) {
        return;
      }
      if (text === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else {
        yield toMessage(text);
      }
    }
  }
  return { messages: read(), say: add, close: () => add(null) };
}

function toMessage(content: string): unknown {
  return { type: 'user', message: { role: 'user', content }, parent_tool_use_id: null, session_id: '' };
}
