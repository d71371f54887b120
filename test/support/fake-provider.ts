import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the provider got it. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answering = (asked: Asked, response: ServerResponse) => void | Promise<void>;

/** An HTTP server on loopback that stands for a provider of models. */
export interface FakeProvider {
  /** Base URL with the version. */
  readonly url: string;
  readonly asked: Asked[];
  /** How the next requests are answered. */
  answer(answering: Answering): void;
  stop(): Promise<void>;
}

export async function startFakeProvider(first: Answering = answerJson({})): Promise<FakeProvider> {
  const asked: Asked[] = [];
  let answering = first;
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(Buffer.from(chunk));
      }
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      asked.push(one);
      await answering(one, response);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    answer(next) {
      answering = next;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function answerJson(body: unknown, status = 200, headers: Record<string, string> = {}): Answering {
  return (_asked, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Chat Completions, whole or as a stream, whichever was asked for. */
export function answerChat(
  content: string,
  { promptTokens = 100, completionTokens = 10 }: { promptTokens?: number; completionTokens?: number } = {},
): Answering {
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
  return ({ body }, response) => {
    const { stream, model } = JSON.parse(body) as { stream?: boolean; model: string };
    const base = { id: 'chatcmpl-1', created: 1, model };
    if (stream !== true) {
      const message = { role: 'assistant', content };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          ...base,
          object: 'chat.completion',
          choices: [{ index: 0, message, finish_reason: 'stop' }],
          usage,
        }),
      );
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const events = [
      { choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }] },
      { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      { choices: [], usage },
    ];
    for (const event of events) {
      response.write(`data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', ...event })}\n\n`);
    }
    response.end('data: [DONE]\n\n');
  };
}
