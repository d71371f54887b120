import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { ModelRefusal } from '../../../src/domain/model-refusal.ts';
import { findProcesses } from '../../sandbox/support/host.ts';
import type { ModelScript } from '../../support/model-server.ts';
import { type AiSdkStage, REPORT, setAiSdkStage } from '../support/ai-sdk-stage.ts';

let stage: AiSdkStage;

async function setStage(script: ModelScript, url?: string): Promise<AiSdkStage> {
  stage = await setAiSdkStage(script, url);
  return stage;
}

afterEach(async () => {
  expect(stage.leftovers()).toEqual([]);
  await stage.close();
});

const UNTIL = '2026-12-01T00:00:00.000Z';
const REFUSALS: readonly ModelRefusal[] = [
  {
    kind: 'budget',
    scope: 'day',
    limit: { unit: 'usd', value: 5 },
    message: 'All is used up.',
    until: UNTIL,
  },
  { kind: 'quota', message: 'All is used up.', until: UNTIL },
];

describe('src/runtimes/ai-sdk/work', () => {
  test('is over at its time limit, in the middle of a command', async () => {
    const marker = `88${Math.floor(performance.now())}`;
    const { ask } = await setStage([{ calls: [['run', { command: `sleep ${marker}` }]] }, REPORT]);
    const answer = await ask({ brief: { timeoutMs: 1000 } });
    expect(answer).toMatchObject({ kind: 'failed', reason: 'time-limit', retriable: true });
    expect(findProcesses(`sleep ${marker}`)).toEqual([]);
  });

  test('does not ask for ever', async () => {
    const turn = { calls: [['list', {}]] } as const;
    const { ask, server } = await setStage([turn, turn, turn, turn]);
    const answer = await ask({ brief: { turns: 3 } });
    expect(answer).toMatchObject({ kind: 'failed', reason: 'turns' });
    expect(server.asked.length).toBe(3);
  });

  test.each(REFUSALS)('does not ask again what the gateway refuses for its $kind', async (refusal) => {
    const { ask, server, lines } = await setStage([
      () => {
        lines.refusal = refusal;
        return { status: 429 };
      },
    ]);
    const answer = await ask();
    expect(answer).toMatchObject({ kind: 'failed', reason: refusal.kind, message: 'All is used up.' });
    expect(answer).toMatchObject({ remedy: expect.stringContaining(UNTIL) });
    expect(server.asked.length).toBe(1);
  });

  test('does not wait for a provider that wants to be left alone for long', async () => {
    const { ask, server } = await setStage([{ status: 429, retryAfterSeconds: 3600 }, REPORT]);
    expect(await ask()).toMatchObject({ kind: 'failed', reason: 'provider', retriable: true });
    expect(server.asked.length).toBe(1);
  });

  test('knows an answer that is none', async () => {
    const garbage = createServer((_, response) => response.end('<html>welcome</html>')).listen(
      0,
      '127.0.0.1',
    );
    await once(garbage, 'listening');
    const address = garbage.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { ask } = await setStage([], `http://127.0.0.1:${port}`);
    expect(await ask()).toMatchObject({
      kind: 'failed',
      reason: 'provider',
      message: 'The provider of models gave an answer that is none.',
      retriable: true,
    });
    garbage.close();
  });

  test('says that the provider is not there', async () => {
    const { ask } = await setStage([], 'http://127.0.0.1:1');
    expect(await ask()).toMatchObject({
      kind: 'failed',
      reason: 'provider',
      message: expect.stringContaining('could not be reached'),
      retriable: true,
    });
  });

  test('stops when the sandbox does not work', async () => {
    const { ask, tree } = await setStage([{ calls: [['list', {}]] }, REPORT]);
    await rm(tree.path, { recursive: true });
    expect(await ask()).toMatchObject({ kind: 'failed', reason: 'sandbox', retriable: false });
  });

  test('makes room when the talk has grown, and goes on', async () => {
    const turn = { calls: [['run', { command: 'head -c 20000 /dev/zero | tr "\\0" x' }]] } as const;
    const { ask, server } = await setStage([...Array.from({ length: 8 }, () => turn), REPORT]);
    const answer = await ask({ settings: { windowTokens: 40_000 } });
    expect(answer.kind).toBe('answered');
    const sizes = server.asked.map(({ messages }) => JSON.stringify(messages).length);
    expect(Math.max(...sizes)).toBeLessThan(100_000);
    expect(JSON.stringify(server.asked.at(-1)?.messages)).toContain('dropped to make room');
  });

  test('says that the line could not be opened, and the log why', async () => {
    const { ask, events } = await setStage([]);
    const place = { openLine: () => Promise.reject(new Error('no room for a socket')) };
    expect(await ask({ place })).toMatchObject({
      kind: 'failed',
      reason: 'crash',
      retriable: true,
    });
    expect(JSON.stringify(events)).toContain('no room for a socket');
  });

  test('says so when there is nobody to ask', async () => {
    const { ask } = await setStage([]);
    expect(await ask({ place: { openLine: null } })).toMatchObject({
      kind: 'failed',
      reason: 'provider',
      remedy: expect.stringContaining('BATON_PROVIDER'),
    });
  });
});
