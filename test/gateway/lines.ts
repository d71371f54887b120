import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { createGateway, type GatewayOptions } from '../../src/gateway/create-gateway.ts';
import type { KeyProvider } from '../../src/gateway/provider.ts';
import type { ModelLine, ModelLineRequest } from '../../src/ports/model-gateway.ts';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { createMemorySpending } from '../support/memory-spending.ts';

export const KEY = 'sk-canary-key-0123456789abcdef';

export const REQUEST: ModelLineRequest = {
  runId: 'run-1',
  repository: '901',
  subject: '901#7',
  step: 'implement',
  attempt: 1,
  models: ['model-a', 'model-b'],
};

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Asks through the socket of a line, as an agent in a sandbox does. */
export function ask(
  line: Pick<ModelLine, 'socketPath' | 'token'>,
  body: unknown,
  {
    path = '/v1/chat/completions',
    headers = {},
    method = 'POST',
    signal,
  }: { path?: string; headers?: Record<string, string>; method?: string; signal?: AbortSignal } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        socketPath: line.socketPath,
        path,
        method,
        headers: {
          authorization: `Bearer ${line.token}`,
          'content-type': 'application/json',
          ...headers,
        },
        ...(signal === undefined ? {} : { signal }),
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
        answer.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

/** Everything that was logged, as JSON. */
interface HeardLog {
  readonly log: GatewayOptions['log'];
  text(): string;
}

function createHeardLog(): HeardLog {
  const lines: string[] = [];
  function hear(fields: unknown, message: string): void {
    lines.push(
      JSON.stringify([message, fields], (_key, value: unknown) =>
        value instanceof Error ? `${value.name} ${value.message} ${value.stack}` : value,
      ),
    );
  }
  return { log: { debug: hear, info: hear, warn: hear, error: hear }, text: () => lines.join('\n') };
}

/** A gateway to a fake provider; all is closed after each test. */
export function useGateways() {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) {
      await close();
    }
  });
  return {
    async open(kind: KeyProvider['kind'] = 'openai-compatible', options: Partial<GatewayOptions> = {}) {
      const home = await mkdtemp(join(tmpdir(), 'baton-gw-'));
      closing.push(() => rm(home, { recursive: true }));
      const fake: FakeProvider = await startFakeProvider();
      closing.push(() => fake.stop());
      const spending = createMemorySpending();
      const heard = createHeardLog();
      const gateway = await createGateway({
        home,
        provider: { kind, url: fake.url, key: KEY },
        prices: { 'model-a': { input: 10, output: 100 } },
        spending,
        log: heard.log,
        ...options,
      });
      closing.push(() => gateway.close());
      return { home, fake, spending, heard, gateway };
    },
  };
}
