import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../store/query.ts';
import { answerWithTools, reportingWork } from '../support/fake-agent.ts';
import { answerJson, type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';

const KEY = 'sk-canary-key-0123456789abcdef';

const WORKFLOW = `
name: two-thoughts
description: Thinks about it twice.
steps:
  - { id: first, kind: agent, with: { role: backend-architect } }
  - { id: second, kind: agent, with: { role: backend-architect } }
`;

/** A repository with a workflow of its own, and perhaps settings. */
function thinking(settings?: string) {
  return {
    ...SMALL,
    '.github/baton/workflows/two-thoughts.yaml': WORKFLOW,
    ...(settings === undefined ? {} : { '.github/baton.yml': settings }),
  };
}

/** At ten dollars a million this is half a dollar a call. */
const HALF_A_DOLLAR = { input: 49_000, output: 1000 };

/** Looks around before it answers, so that each attempt takes two calls. */
const lookAndAnswer = answerWithTools(
  ({ body }) =>
    body.includes('"role":"tool"') ? reportingWork('Thought of it.') : { name: 'list', input: { path: '.' } },
  HALF_A_DOLLAR,
);

let provider: FakeProvider;
let scene: Scene;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'baton-prices-'));
  const prices = join(directory, 'prices.yaml');
  await writeFile(prices, 'thinker: { input: 10, output: 10 }\n');
  provider = await startFakeProvider(lookAndAnswer);
  scene = await setScene(
    [thinking(), thinking('budget: { run: 400000 tokens, subject: 0.75 }\n'), thinking(), thinking()],
    {
      BATON_RUNTIME: 'ai-sdk',
      BATON_PROVIDER: 'openai-compatible',
      BATON_PROVIDER_URL: provider.url,
      OPENAI_API_KEY: KEY,
      BATON_MODEL: 'thinker',
      BATON_PRICES: prices,
      BATON_BUDGET_RUN: '1.20',
    },
  );
});
afterAll(async () => {
  await scene.stop();
  await provider.stop();
  await rm(directory, { recursive: true });
});

async function start(): Promise<Ticket> {
  const ticket = await scene.open();
  await ticket.comment('will', '/baton run two-thoughts');
  return ticket;
}

async function progressOf(ticket: Ticket): Promise<string> {
  await scene.handled();
  const [text = ''] = await ticket.progress();
  return text;
}

describe('a budget of a run', () => {
  it('warns, stops, and goes on when a maintainer raises it', async () => {
    provider.answer(lookAndAnswer);
    const ticket = await start();
    await ticket.run({ state: 'held', step: 'second' });
    const held = await progressOf(ticket);
    expect(held).toContain('Baton needs a decision: second');
    expect(held).toContain('what may be used of models is used up');
    expect(held).toContain('$1.50 of the budget of this run, $1.20');
    expect(held).toContain('1. Raise the budget of this run by $0.60');
    expect(held).toContain('2. Raise the budget of this run by $1.20');
    expect(held).toContain('**Used:** 150,000 tokens, $1.50');
    expect(held).toMatch(
      /\| first \| backend-architect \| ✅ done \| .* \| 100,000 tokens, \$1, \d+ (?:s|min) \|/,
    );
    expect(held).toContain('> Used: $1.50 of the budget of this run, $1.20');

    // It spends what others pay, so answering a run is not enough.
    await ticket.comment('will', '/baton budget +5');
    await scene.handled();
    expect((await ticket.said()).at(-1)).toContain('**maintain** access');
    await ticket.comment('will', '/baton choose 1');
    await expect
      .poll(async () => (await ticket.said()).at(-1))
      .toContain('A budget is raised by somebody with maintain access');

    await ticket.comment('maya', '/baton budget +5');
    await ticket.run({ state: 'succeeded' });
    const done = await progressOf(ticket);
    expect(done).toContain('250,000 tokens, $2.50');
    expect(done).toContain('`maya` let it use $5 more');
    // The stopped attempt was done again, and is counted.
    expect(done).toMatch(
      /\| second \| backend-architect \| ✅ done, attempt 2 \| .* \| 150,000 tokens, \$1\.50, \d+ (?:s|min) \|/,
    );
    const rows = await query(
      scene.stage.databaseUrl,
      'select step, attempt, model, cost_usd from baton.model_usage order by id',
    );
    expect(rows).toEqual([
      ...Array.from({ length: 2 }, () => ({ step: 'first', attempt: 1, model: 'thinker', cost_usd: 0.5 })),
      { step: 'second', attempt: 1, model: 'thinker', cost_usd: 0.5 },
      ...Array.from({ length: 2 }, () => ({ step: 'second', attempt: 2, model: 'thinker', cost_usd: 0.5 })),
    ]);
  });

  it('is lowered by the repository, and raised by an option', async () => {
    provider.answer(lookAndAnswer);
    const ticket = await start();
    await ticket.run({ state: 'held', step: 'second' });
    const held = await progressOf(ticket);
    expect(held).toContain('of the budget of all runs of this issue, $0.75');
    await ticket.comment('maya', '/baton choose 2');
    await ticket.run({ state: 'held', step: 'second' }, 2);
    // Raised by 0.75 both are: the to 1.50, the run's to 1.95.
    expect(await progressOf(ticket)).toContain('$1.50 of the budget of all runs of this issue, $1.50');
    await ticket.comment('maya', '/baton budget +5');
    await ticket.run({ state: 'succeeded' });
  });
});

describe('a quota of the provider', () => {
  it('lets the run wait, and go on by itself when it is there again', async () => {
    const message = 'You will regain access on 2020-01-01 at 00:00 UTC.';
    const refusing = answerJson({ error: { type: 'invalid_request_error', message } }, 400);
    let refusals = 0;
    provider.answer((asked, response) => {
      refusals += 1;
      return refusals === 1 ? refusing(asked, response) : lookAndAnswer(asked, response);
    });
    const ticket = await start();
    await ticket.run({ state: 'held', step: 'first' });
    await ticket.run({ state: 'held', step: 'second' });
    const text = await progressOf(ticket);
    expect(text).toMatch(/\| first \| backend-architect \| ✅ done, attempt 2 \|/);
  });

  it('asks a person when it does not come back by itself', async () => {
    provider.answer(
      answerJson({ error: { code: 'insufficient_quota', message: `no more for ${KEY}` } }, 429),
    );
    const ticket = await start();
    await ticket.run({ state: 'held', step: 'first' });
    const held = await progressOf(ticket);
    expect(held).toContain('The account at the provider has no credit or quota left.');
    expect(held).toContain('1. Try again now');
    provider.answer(answerWithTools(() => reportingWork('Thought of it.'), { input: 10, output: 1 }));
    await ticket.comment('will', '/baton choose 1');
    await ticket.run({ state: 'succeeded' });
  });
});

describe("the provider's key", () => {
  it('is with the provider and nowhere else', async () => {
    expect(provider.asked.length).toBeGreaterThan(5);
    expect(provider.asked.every(({ headers }) => headers['authorization'] === `Bearer ${KEY}`)).toBe(true);
    const said = await Promise.all(scene.tickets.map((ticket) => ticket.comments()));
    const tables = await query(
      scene.stage.databaseUrl,
      `select query_to_xml(format('select * from %I.%I', table_schema, table_name), true, false, '')::text as all_rows
       from information_schema.tables
       where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
    );
    const argv = await readFile(`/proc/${scene.pid}/cmdline`, 'utf8');
    const everything = JSON.stringify([said, tables, argv, scene.stage.lines]);
    expect(everything).toContain('two-thoughts');
    expect(everything).not.toContain('canary');
  });
});
