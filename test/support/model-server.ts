import { type ChatCompletionRequest, type FixtureResponse, LLMock } from '@copilotkit/aimock';

/** One answer of the model: calls of tools, words, or an error of the provider. */
export type ModelTurn =
  | { readonly calls: readonly (readonly [tool: string, input: unknown])[] }
  | { readonly text: string }
  | { readonly status: number; readonly message?: string; readonly retryAfterSeconds?: number };

/** What it answers: turn by turn, or to whatever it is asked. */
export type ModelScript =
  | readonly (ModelTurn | ((asked: ChatCompletionRequest) => ModelTurn))[]
  | ((asked: ChatCompletionRequest) => ModelTurn | Promise<ModelTurn>);

export interface ModelServer {
  /** Base URL without a version. */
  readonly url: string;
  /** All that was asked so far, in the form of Chat Completions whatever the provider. */
  readonly asked: readonly ChatCompletionRequest[];
  stop(): Promise<void>;
}

/** What each answer costs, in every provider's words. */
const TURN_TOKENS = { input: 100, output: 10 };

/** A server that speaks like Anthropic, OpenAI and their likes, and answers as the script says. */
export async function startModelServer(
  script: ModelScript,
  /** Whether each answer begins with a thought, as Anthropic has it when thinking is asked for. */
  { thinks = false }: { readonly thinks?: boolean } = {},
): Promise<ModelServer> {
  const asked: ChatCompletionRequest[] = [];
  const server = new LLMock({ port: 0, host: '127.0.0.1' });
  server.on({ predicate: () => true }, async (request) => {
    const turn = typeof script === 'function' ? script : script[asked.length];
    asked.push(request);
    if (turn === undefined) {
      return { error: { message: 'the script is over' }, status: 400 };
    }
    const response = toResponse(typeof turn === 'function' ? await turn(request) : turn, asked.length);
    return thinks && !('error' in response) ? { ...response, reasoning: 'Let me see.' } : response;
  });
  await server.start();
  return {
    url: server.url,
    asked,
    stop: () => server.stop(),
  };
}

function toResponse(turn: ModelTurn, number: number): FixtureResponse {
  const usage = {
    prompt_tokens: TURN_TOKENS.input,
    completion_tokens: TURN_TOKENS.output,
    input_tokens: TURN_TOKENS.input,
    output_tokens: TURN_TOKENS.output,
  };
  if ('status' in turn) {
    const { status, message = 'no', retryAfterSeconds } = turn;
    return {
      error: { message },
      status,
      ...(retryAfterSeconds === undefined ? {} : { retryAfter: retryAfterSeconds }),
    };
  }
  if ('text' in turn) {
    return { content: turn.text, usage };
  }
  const toolCalls = turn.calls.map(([name, input], index) => ({
    id: `call_${number}_${index}`,
    name,
    arguments: JSON.stringify(input),
  }));
  return { toolCalls, usage };
}

/** What the newest calls of tools came to, as the model was told. */
export function resultsIn({ messages }: ChatCompletionRequest): readonly string[] {
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  return messages
    .slice(last + 1)
    .filter(({ role }) => role === 'tool')
    .map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content)));
}
