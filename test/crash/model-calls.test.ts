import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scene, SMALL, setScene } from '../scenarios/scene.ts';
import { query } from '../store/query.ts';
import { answerWithTools, reportingWork } from '../support/fake-agent.ts';
import { type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';

const WORKFLOW = `
name: one-thought
description: Thinks about it.
steps:
  - { id: think, kind: agent, with: { role: backend-architect } }
`;

let provider: FakeProvider;
let scene: Scene;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'baton-prices-'));
  const prices = join(directory, 'prices.yaml');
  await writeFile(prices, 'thinker: { input: 10, output: 10 }\n');
  provider = await startFakeProvider();
  scene = await setScene([{ ...SMALL, '.github/baton/workflows/one-thought.yaml': WORKFLOW }], {
    BATON_RUNTIME: 'ai-sdk',
    BATON_PROVIDER: 'openai-compatible',
    BATON_PROVIDER_URL: provider.url,
    BATON_MODEL: 'thinker',
    BATON_PRICES: prices,
    // Less than the most that one call can cost.
    BATON_BUDGET_RUN: '0.05',
  });
});
afterAll(async () => {
  await scene.stop();
  await provider.stop();
  await rm(directory, { recursive: true });
});

describe('crash/model-calls', () => {
  it('counts a call that was under way when the server was killed', async () => {
    const asked = Promise.withResolvers<void>();
    provider.answer(() => {
      asked.resolve();
      return new Promise(() => undefined);
    });
    const ticket = await scene.open();
    await ticket.comment('will', '/baton run one-thought');
    await asked.promise;
    process.kill(scene.pid, 'SIGKILL');

    provider.answer(answerWithTools(() => reportingWork('Thought of it.'), { input: 1000, output: 10 }));
    await scene.stage.startBaton();
    await ticket.run({ state: 'held', step: 'think' });
    // The attempt was made again, and found the budget used up.
    expect(provider.asked).toHaveLength(1);
    const [row, ...others] = await query(
      scene.stage.databaseUrl,
      'select state, input_tokens, cost_usd, counted_tokens from baton.model_usage',
    );
    expect(others).toEqual([]);
    expect(row).toMatchObject({ state: 'lost', input_tokens: null });
    expect(Number(row?.['cost_usd'])).toBeCloseTo(Number(row?.['counted_tokens']) / 100_000);
    await scene.handled();
    const [held] = await ticket.progress();
    expect(held).toContain('of the budget of this run, $0.05');
    expect(held).toContain('**Used:** ? tokens, ? $');

    await ticket.comment('maya', '/baton budget +5');
    await ticket.run({ state: 'succeeded' });
    expect(provider.asked).toHaveLength(2);
  });
});
