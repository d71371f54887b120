import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { ReportKind } from '../../src/domain/report.ts';
import type { ModelScript } from '../support/model-server.ts';
import { resultsIn } from '../support/model-server.ts';
import { type AiSdkStage, REPORT, setAiSdkStage, WORK } from './support/ai-sdk-stage.ts';

const KINDS = ['work', 'review', 'triage'] as const satisfies readonly ReportKind[];
const PROVIDERS = ['anthropic', 'openai', 'openai-compatible'] as const;

let stage: AiSdkStage;

async function setStage(script: ModelScript): Promise<AiSdkStage> {
  stage = await setAiSdkStage(script);
  return stage;
}

afterEach(async () => {
  expect(stage.leftovers()).toEqual([]);
  await stage.close();
});

describe.each(PROVIDERS)('src/runtimes/ai-sdk: with %s', (provider) => {
  const settings = { provider };

  test('reads, changes a file, runs a command and reports', async () => {
    const edit = { path: 'package.json', old: 'orders-api', new: 'orders' };
    const { ask, tree, server, events } = await setStage([
      { calls: [['read', { path: 'package.json' }]] },
      {
        calls: [
          ['edit', edit],
          ['run', { command: 'grep orders package.json' }],
        ],
      },
      REPORT,
    ]);
    expect(await ask({ settings })).toEqual({
      kind: 'answered',
      report: WORK,
      usage: { inputTokens: 300, outputTokens: 30, costUsd: null },
    });
    expect(await readFile(join(tree.path, 'package.json'), 'utf8')).toContain('"name": "orders"');
    expect(server.asked.map(resultsIn)).toEqual([
      [],
      [expect.stringContaining('"name": "orders-api"')],
      ['Changed package.json.', expect.stringContaining('"name": "orders",\n(exit code 0)')],
    ]);
    const told = events.map((event) => ('tool' in event ? `${event.kind} ${event.tool}` : event.kind));
    expect(told.filter((kind) => kind !== 'warning')).toEqual([
      'tool.start read',
      'tool.end read',
      'usage',
      'tool.start edit',
      'tool.end edit',
      'tool.start run',
      'tool.end run',
      'usage',
      'usage',
    ]);
  });

  test('is told what is wrong with its report, and mends it', async () => {
    const bad = { calls: [['report', { report: { kind: 'work' } }]] } as const;
    const { ask, server } = await setStage([bad, { text: '{}' }, REPORT]);
    const place = { check: demandSummary };
    expect(await ask({ settings, place })).toMatchObject({ kind: 'answered', report: WORK });
    expect(JSON.stringify(server.asked[1]?.messages)).toContain('summary: is missing');
    expect(JSON.stringify(server.asked[2]?.messages)).toContain('Call `report` again');
  });

  test.each([
    [401, { retriable: false, remedy: expect.stringContaining('API key') }],
    [404, { retriable: false, remedy: expect.stringContaining('name of the model') }],
    [400, { retriable: false }],
    [429, { retriable: true }],
    [500, { retriable: true }],
    [529, { retriable: true }],
  ])('says what a provider that answers %i means', async (status, failure) => {
    const turn = { status, retryAfterSeconds: 0 };
    const { ask, server } = await setStage([turn, turn, turn]);
    const answer = await ask({ settings });
    expect(answer).toMatchObject({ kind: 'failed', reason: 'provider', ...failure });
    expect(answer).toMatchObject({ message: expect.stringContaining(String(status)) });
    expect(server.asked.length).toBe(status === 429 || status >= 500 ? 3 : 1);
  });

  test('goes on when a provider was only in trouble for a moment', async () => {
    const { ask, events } = await setStage([{ status: 500 }, { status: 429, retryAfterSeconds: 1 }, REPORT]);
    expect(await ask({ settings })).toMatchObject({ kind: 'answered' });
    expect(events.filter(({ kind }) => kind === 'retry')).toEqual([
      { kind: 'retry', why: 'the provider answered 500', waitMs: 1 },
      { kind: 'retry', why: 'the provider answered 429', waitMs: 1000 },
    ]);
  });

  test.each(KINDS)('can be asked for a report of the kind %s', async (report) => {
    const { ask, server } = await setStage([REPORT]);
    expect(await ask({ settings, brief: { report, access: 'none' } })).toMatchObject({ kind: 'answered' });
    const [tool] = server.asked[0]?.tools ?? [];
    expect(tool?.function.parameters).toMatchObject({ type: 'object', required: ['report'] });
    expect(JSON.stringify(tool)).toContain(`"${report}"`);
  });

  test('asks for one model, on a line that is for this model', async () => {
    const { ask, lines, server } = await setStage([REPORT]);
    await ask({ settings, brief: { model: 'model-7' } });
    expect(lines.models).toEqual(['model-7']);
    expect(server.asked[0]?.model).toBe('model-7');
  });
});

describe('src/runtimes/ai-sdk: reports', () => {
  test.each([
    ['as text, as its form says', { text: `Here it is:\n\`\`\`json\n${JSON.stringify(WORK)}\n\`\`\`` }],
    ['without the field around it', { calls: [['report', WORK]] }],
    ['in a string', { calls: [['report', { report: JSON.stringify(WORK) }]] }],
  ] as const)('are taken %s', async (_, turn) => {
    const { ask } = await setStage([turn]);
    expect(await ask()).toMatchObject({ kind: 'answered', report: WORK });
  });

  test('that are wrong for the third time end it', async () => {
    const bad = { calls: [['report', { report: {} }]] } as const;
    const { ask, server } = await setStage([bad, { text: 'I am done.' }, bad, REPORT]);
    expect(await ask({ place: { check: demandSummary } })).toEqual({
      kind: 'failed',
      reason: 'no-report',
      message: expect.stringContaining('summary: is missing'),
      remedy: expect.any(String),
      retriable: true,
    });
    expect(server.asked.length).toBe(3);
  });
});

describe('src/runtimes/ai-sdk: tools', () => {
  test.each([
    [['read', 'search', 'edit', 'bash'], 'write', 'read list search edit write run report'],
    [['read', 'search', 'edit', 'bash'], 'read', 'read list search run report'],
    [['search'], 'write', 'list search report'],
    [['edit'], 'write', 'read list edit write report'],
    [['read', 'bash'], 'none', 'report'],
  ] as const)('a role with %j in a step with %s has %s', async (tools, access, names) => {
    const { ask, server } = await setStage([REPORT]);
    const role = { name: 'any', description: 'Any.', model: 'inherit', brief: 'Work.' } as const;
    await ask({ brief: { role: { ...role, tools: [...tools] }, access } });
    expect(server.asked[0]?.tools?.map((tool) => tool.function.name).join(' ')).toBe(names);
  });

  test('that are not there, and calls that make no sense, are told to the model', async () => {
    const { ask, server } = await setStage([
      { calls: [['write', { path: 'a', content: 'b' }]] },
      { calls: [['read', { file: 1 }]] },
      REPORT,
    ]);
    expect(await ask({ brief: { access: 'read' } })).toMatchObject({ kind: 'answered' });
    expect(JSON.stringify(server.asked[1]?.messages)).toContain('unavailable tool');
    expect(JSON.stringify(server.asked[2]?.messages)).toContain('expected string');
  });

  test('lead a model nowhere out of the tree, and tell it no secret', async () => {
    const { ask, server } = await setStage([
      {
        calls: [
          ['read', { path: '/etc/passwd' }],
          ['read', { path: '../../../etc/passwd' }],
          ['run', { command: `cat /proc/${process.pid}/environ ~/.ssh/id_rsa; env` }],
          ['run', { command: 'ln -s / out' }],
          ['list', { path: 'out' }],
        ],
      },
      REPORT,
    ]);
    expect(await ask()).toMatchObject({ kind: 'answered' });
    const told = JSON.stringify(server.asked[1]?.messages);
    expect(told).not.toMatch(/root:x|line-token|provider-key/);
    expect(told).toContain('leads out of the tree');
  });
});

/** Takes only a report with a summary. */
function demandSummary(report: unknown): readonly string[] | null {
  return JSON.stringify(report).includes('summary') ? null : ['summary: is missing'];
}
