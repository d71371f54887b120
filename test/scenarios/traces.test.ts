import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { baton } from '../cli/run-cli.ts';
import { adding } from '../support/patches.ts';
import { readSamples, sumOf } from '../support/scrape.ts';
import { goodAgents, rejecting, work } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';

const documentSchema = z.object({
  trace_id: z.string(),
  task_type: z.string(),
  outcome: z.string(),
  started_at: z.iso.datetime(),
  ended_at: z.iso.datetime(),
  events: z.array(
    z.looseObject({ event_type: z.string(), event_id: z.uuid(), at: z.iso.datetime(), agent: z.string() }),
  ),
  metrics: z.record(z.string(), z.number()),
  bottlenecks: z.array(z.object({ step: z.string(), share: z.number() })),
});

let scene: Scene;
let collector: Server;
const spans: string[] = [];
const ended = Promise.withResolvers<void>();

beforeAll(async () => {
  collector = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      spans.push(...[...body.matchAll(/"name":"([^"]+)","kind"/g)].map(([, name = '']) => name));
      if (spans.includes('run backend-feature')) {
        ended.resolve();
      }
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const address = collector.address();
  scene = await setScene([SMALL, SMALL], {
    BATON_CONTEXT_TOKENS: '20000',
    BATON_METRICS_PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
  });
});
afterAll(async () => {
  await scene.stop();
  collector.closeAllConnections();
  collector.close();
});

function trace(id: string): ReturnType<typeof baton> {
  const environment = { PATH: process.env['PATH'] ?? '', DATABASE_URL: scene.stage.databaseUrl };
  return baton(['trace', id], scene.stage.directory, environment);
}

describe('scenarios/traces', () => {
  it('a run can be read as it went: who was launched, told, restarted, and what came of it', async () => {
    await scene.play(
      goodAgents({
        'implementation.2': work('Better.', adding('src/more.ts', 'export const more = 1;\n')),
        'review.1': rejecting('The sum is 3.'),
        'review.2': goodAgents()['review.1'] ?? work('Good.'),
      }),
    );
    const ticket = await scene.open();
    await ticket.label('will', 'baton:backend-feature');
    const held = await ticket.run({ state: 'held', step: 'design-approval' });
    await ticket.comment('wilma', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    expect((await trace('run-nobody-knows')).code).toBe(1);

    // What was recorded last is kept within a moment.
    let text = '';
    do {
      const { code, out } = await trace(held.runId);
      expect(code).toBe(0);
      text = out.join('\n');
    } while (!text.includes('"outcome": "succeeded",\n      "duration_ms"'));
    const { events, metrics, bottlenecks, ...facts } = documentSchema.parse(JSON.parse(text));
    expect(facts).toMatchObject({ trace_id: held.runId, task_type: 'backend-feature', outcome: 'succeeded' });
    const launched = events.filter(({ event_type }) => event_type === 'agent_launched');
    expect(launched.map(({ step, attempt }) => `${String(step)} ${String(attempt)}`)).toEqual([
      'triage 1',
      'architecture 1',
      'implementation 1',
      'review 1',
      'implementation 2',
      'review 2',
    ]);
    expect(metrics).toMatchObject({
      agents_launched: 6,
      messages_sent: 6,
      agent_restarts: 2,
      agents_failed: 0,
    });
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted());
    expect(events.filter(({ event_type }) => event_type === 'message_sent')[0]).toMatchObject({
      from_agent: 'orchestrator',
      task_type: 'triage',
    });
    expect(events.at(-1)).toMatchObject({ event_type: 'task_completed', outcome: 'succeeded' });
    expect(bottlenecks).toHaveLength(3);
    await ended.promise;
    expect(spans).toContain('step implementation');
  });

  it('what a brief leaves out to keep room for the work is shown, and what it takes is recorded', async () => {
    await scene.play(goodAgents());
    const body = `Please add an endpoint, POST /sums. ${'It adds the numbers up. '.repeat(2400)}`;
    const ticket = await scene.open({ body });
    await ticket.label('will', 'baton:backend-feature');
    const { runId } = await ticket.run({ state: 'held', step: 'design-approval' });
    const [progress = ''] = await ticket.progress();
    expect(progress).toMatch(
      /was not told all, to keep room for the work: the issue body \(about \d+ tokens\)/,
    );
    await ticket.comment('will', '/baton cancel');
    await ticket.run({ state: 'cancelled' });
    let sent: readonly unknown[] = [];
    while (sent.length < 2) {
      const { events } = z
        .object({ events: z.array(z.looseObject({})) })
        .parse(JSON.parse((await trace(runId)).out.join('\n')));
      sent = events.flatMap((event) => (event['event_type'] === 'message_sent' ? [event['tokens']] : []));
    }
    for (const tokens of sent) {
      expect(tokens).toBeLessThanOrEqual(6000);
      expect(tokens).toBeGreaterThan(500);
    }
  });

  it('nothing was dropped', async () => {
    const url = await scene.stage.heard((line) =>
      line.msg === 'Prometheus can scrape the metrics' ? String(line['url']) : null,
    );
    const samples = readSamples(await (await fetch(url)).text());
    expect(sumOf(samples, 'baton_trace_events_dropped_total')).toBe(0);
  });
});
