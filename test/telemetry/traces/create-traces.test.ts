import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../../src/domain/trace-event.ts';
import type { Launch } from '../../../src/ports/traces.ts';
import { createBoundedQueue } from '../../../src/telemetry/traces/bounded-queue.ts';
import { createCollector } from '../../../src/telemetry/traces/create-collector.ts';
import { createTraces, type SendSpans } from '../../../src/telemetry/traces/create-traces.ts';

const LAUNCH: Launch = {
  trace: 'run-1',
  agent: 'implementer',
  step: 'implementation',
  attempt: 2,
  runtime: 'claude',
  model: 'claude-sonnet-5-5',
  provider: 'bedrock',
  task: 'implementation',
  restart: { restarts: 1, reason: 'the key sk-1234 was refused' },
};

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listenTo(answer: (body: string) => number | null): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const status = answer(`${request.headers.authorization} ${request.url}\n${body}`);
      if (status !== null) {
        response.writeHead(status).end();
      }
    });
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

function openStage(collector: SendSpans | null = null) {
  const kept: TraceEvent[] = [];
  const dropped: Record<string, number> = {};
  const traces = createTraces({
    store: { add: async (events) => void kept.push(...events) },
    collector,
    clock: { now: () => '2026-01-01T10:00:05.000Z' },
    mask: (text) => text.replaceAll('sk-1234', '[secret]'),
    onDropped: (sink, count) => {
      dropped[sink] = (dropped[sink] ?? 0) + count;
    },
  });
  return { kept, dropped, traces };
}

describe('src/telemetry/traces', () => {
  test('records a launch, the messages, tools, files and the end, masked, with ids and times', async () => {
    const { kept, traces } = openStage();
    const call = traces.openCall(LAUNCH);
    call.hear({ kind: 'tool.start', call: '1', tool: 'Write', about: 'src/sk-1234.ts' });
    call.hear({ kind: 'tool.end', call: '1', tool: 'Write', ok: true, ms: 7 });
    call.hear({ kind: 'tool.start', call: '2', tool: 'Write', about: 'src/refused.ts' });
    call.hear({ kind: 'tool.end', call: '2', tool: 'Write', ok: false, ms: 1 });
    call.hear({ kind: 'usage', inputTokens: 10, outputTokens: null });
    call.hear({ kind: 'text', text: 'not kept' });
    call.ended({ kind: 'answered' });
    call.ended({ kind: 'failed', reason: 'twice' });
    await traces.drain();
    expect(kept.map(({ happened }) => happened.type)).toEqual([
      'agent_restart',
      'agent_launched',
      'message_sent',
      'tool_called',
      'file_modified',
      'tool_called',
      'model_answered',
      'message_received',
    ]);
    expect(new Set(kept.map(({ id }) => id)).size).toBe(kept.length);
    expect(new Set(kept.map(({ call: of }) => of)).size).toBe(1);
    expect(kept.every(({ trace, at }) => trace === 'run-1' && at === '2026-01-01T10:00:05.000Z')).toBe(true);
    expect(JSON.stringify(kept)).not.toContain('sk-1234');
    expect(kept[4]?.happened).toEqual({ type: 'file_modified', path: 'src/[secret].ts' });
  });

  test('records the process of an agent and each look at it, until it has ended', async () => {
    const { kept, traces } = openStage();
    const call = traces.openCall({ ...LAUNCH, restart: null });
    const measured = {
      pid: 7,
      cpuPercent: 90,
      memoryBytes: 1024,
      ailments: ['warning: it was last heard of'],
    };
    call.hear({ kind: 'process', pid: 7 });
    call.hear({ kind: 'health', status: 'silent', ageMs: 347_000, ...measured });
    call.ended({ kind: 'failed', reason: 'silent' });
    call.hear({ kind: 'health', status: 'dead', ageMs: 0, ...measured });
    await traces.drain();
    expect(kept.slice(2).map(({ happened }) => happened)).toEqual([
      { type: 'process_started', pid: 7 },
      { type: 'health_check', status: 'silent', age: 347_000, ...measured },
      expect.objectContaining({ type: 'agent_failed', reason: 'silent' }),
    ]);
  });

  test('sends spans to a collector that fit together, with the names that OpenTelemetry gives them', async () => {
    const bodies: string[] = [];
    const endpoint = await listenTo((body) => {
      bodies.push(body);
      return 200;
    });
    const collector = createCollector({
      endpoint: `${endpoint}/`,
      headers: new Map([['authorization', 'Bearer x']]),
    });
    const { traces, dropped } = openStage(collector);
    const call = traces.openCall(LAUNCH);
    call.hear({ kind: 'tool.end', call: '1', tool: 'Bash', ok: true, ms: 2000 });
    call.hear({ kind: 'usage', inputTokens: 10, outputTokens: 2 });
    call.ended({ kind: 'answered' });
    const ended = { trace: 'run-1', agent: 'orchestrator', call: null } as const;
    traces.record({
      ...ended,
      step: 'implementation',
      attempt: 2,
      happened: { type: 'task_completed', task: 'implementation', outcome: 'rejected', ms: 3000 },
    });
    traces.record({
      ...ended,
      step: null,
      attempt: null,
      happened: { type: 'task_completed', task: 'delivery', outcome: 'succeeded', ms: 4000 },
    });
    await traces.drain();
    expect(dropped).toEqual({});
    const [head = '', text = ''] = bodies[0]?.split('\n') ?? [];
    expect(head).toBe('Bearer x /v1/traces');
    const { spans } = JSON.parse(text).resourceSpans[0].scopeSpans[0];
    const [tool, chat, agent, step, run] = spans;
    expect(chat.name).toBe('chat claude-sonnet-5-5');
    for (const { attributes } of [chat, agent]) {
      expect(attributes).toContainEqual({
        key: 'gen_ai.provider.name',
        value: { stringValue: 'aws.bedrock' },
      });
      expect(attributes).toContainEqual({
        key: 'gen_ai.request.model',
        value: { stringValue: 'claude-sonnet-5-5' },
      });
    }
    expect(step.attributes).toContainEqual({ key: 'error.type', value: { stringValue: '_OTHER' } });
    expect([tool, agent, step, run].map(({ name }) => name)).toEqual([
      'execute_tool Bash',
      'invoke_agent implementer',
      'step implementation',
      'run delivery',
    ]);
    expect([tool.parentSpanId, agent.parentSpanId, step.parentSpanId, run.parentSpanId]).toEqual([
      agent.spanId,
      step.spanId,
      run.spanId,
      undefined,
    ]);
    expect(new Set([tool, agent, step, run].map(({ traceId }) => traceId)).size).toBe(1);
    expect([run.traceId, run.spanId]).toEqual([
      expect.stringMatching(/^[0-9a-f]{32}$/),
      expect.stringMatching(/^[0-9a-f]{16}$/),
    ]);
    expect(BigInt(tool.endTimeUnixNano) - BigInt(tool.startTimeUnixNano)).toBe(2_000_000_000n);
    expect([step.status.code, run.status.code]).toEqual([2, 1]);
    expect(tool.attributes).toContainEqual({ key: 'gen_ai.tool.name', value: { stringValue: 'Bash' } });
  });

  test('a collector that takes nothing slows nothing and lets nothing grow: what does not fit is counted', async () => {
    const endpoint = await listenTo(() => null);
    const collector = createCollector({ endpoint, headers: new Map(), timeoutMs: 300 });
    const { traces, kept, dropped } = openStage(collector);
    const call = traces.openCall({ ...LAUNCH, restart: null });
    for (let number = 0; number < 25_000; number += 1) {
      call.hear({ kind: 'usage', inputTokens: 1, outputTokens: 1 });
      if (number % 1000 === 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    expect(dropped['collector']).toBeGreaterThan(14_000);
    call.ended({ kind: 'answered' });
    expect(kept.length + (dropped['store'] ?? 0)).toBeLessThanOrEqual(25_003);
  });

  test('a collector that refuses loses what it was given, and is asked again with the next', async () => {
    let answers = 0;
    const endpoint = await listenTo(() => {
      answers += 1;
      return answers === 1 ? 500 : 200;
    });
    const { traces, dropped } = openStage(createCollector({ endpoint, headers: new Map() }));
    for (const _ of [1, 2]) {
      traces.openCall({ ...LAUNCH, restart: null }).ended({ kind: 'answered' });
      await traces.drain();
    }
    expect(answers).toBe(2);
    expect(dropped).toEqual({ collector: 3 });
  });

  test('a queue hands over one batch at a time, in order, and never holds more than its most', async () => {
    const given: number[][] = [];
    let dropped = 0;
    let underWay = 0;
    const queue = createBoundedQueue<number>({
      most: 5,
      batch: 2,
      lingerMs: 0,
      sendWithinMs: 10_000,
      async send(items) {
        underWay += 1;
        expect(underWay).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        given.push([...items]);
        underWay -= 1;
      },
      onDropped: (count) => {
        dropped += count;
      },
    });
    [1, 2, 3, 4, 5, 6, 7].forEach((item) => queue.push(item));
    await queue.drain();
    expect(given).toEqual([[1, 2], [3, 4], [5]]);
    expect(dropped).toBe(2);
  });

  test('gives up a batch that is never taken, and does not wait for ever at the end', async () => {
    let dropped = 0;
    let asked = 0;
    const queue = createBoundedQueue<number>({
      most: 100,
      batch: 1,
      lingerMs: 0,
      sendWithinMs: 50,
      send: () => {
        asked += 1;
        return new Promise(() => {});
      },
      onDropped: (count) => {
        dropped += count;
      },
    });
    Array.from({ length: 100 }, (_, item) => queue.push(item));
    await queue.drain();
    expect(dropped).toBe(100);
    expect(asked).toBeLessThan(10);
  });
});
