import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { openTraces } from '../../src/composition/open-traces.ts';
import { systemClock } from '../../src/system/system-clock.ts';
import { SILENT } from '../support/examples.ts';

describe('src/composition/open-traces', () => {
  it('says once what a collector that takes nothing says, and counts all that it does not take', async () => {
    const server = createServer((_, response) => response.writeHead(403).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const said: unknown[] = [];
    let dropped = 0;
    const traces = openTraces(
      { collector: { endpoint, headers: new Map() } },
      {
        store: { traces: { add: async () => undefined, read: async () => [] } },
        clock: systemClock,
        mask: (text) => text,
        metrics: {
          dropped: (_, count) => {
            dropped += count;
          },
        },
        log: { ...SILENT, warn: (about) => void said.push(about) },
      },
    );
    for (const _ of [1, 2]) {
      traces.record({
        trace: 'run-1',
        agent: 'orchestrator',
        call: null,
        step: null,
        attempt: null,
        happened: { type: 'task_completed', task: 'delivery', outcome: 'succeeded', ms: 4000 },
      });
      await traces.drain();
    }
    server.close();
    expect(dropped).toBe(2);
    expect(said).toEqual([
      {
        sink: 'collector',
        why: 'the collector answered 403',
        remedy: expect.stringContaining('OTEL_EXPORTER_OTLP_ENDPOINT'),
      },
    ]);
  });
});
