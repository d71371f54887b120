import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { REPORTS, type ReportKind } from '../../src/domain/report.ts';
import type { Sandbox } from '../../src/ports/sandbox.ts';
import { findCodex } from '../../src/runtimes/codex/find-codex.ts';
import { createCodex } from '../../src/runtimes/codex.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { createOpenSandbox } from '../../src/sandbox/create-open-sandbox.ts';
import { neverStarted } from '../../src/sandbox/talk-to-process.ts';
import { SILENT } from '../support/examples.ts';
import { startFakeProvider } from '../support/fake-provider.ts';
import { type ModelScript, type ModelTurn, resultsIn } from '../support/model-server.ts';
import { isInstalled, RUNTIMES_DIRECTORY } from '../support/runtime-packages.ts';
import { findTripped, HOSTILE_PROMPT, plantHostileFiles } from './support/hostile-tree.ts';
import { PROVIDER_KEY, type ProgramStage, setProgramStage } from './support/program-stage.ts';
import { REPORT_EXAMPLES } from './support/report-examples.ts';
import { STRICT_REPORTS } from './support/strict-reports.ts';

const WORK = { kind: 'work', summary: 'The orders have another name.' };

let stage: ProgramStage;

function run(cmd: string): ModelTurn {
  return { calls: [['exec_command', { cmd }]] };
}

function report(given: unknown): ModelTurn {
  return { text: JSON.stringify({ report: given }) };
}

async function setStage(script: ModelScript, url?: string): Promise<ProgramStage> {
  const runtime = createCodex({
    codex: findCodex(RUNTIMES_DIRECTORY),
    tools: { readOnly: [], path: [] },
  });
  stage = await setProgramStage({
    runtime,
    provider: 'openai',
    script,
    ...(url === undefined ? {} : { url }),
  });
  return stage;
}

describe.skipIf(!isInstalled('codex'))('src/runtimes/codex', () => {
  afterEach(async () => {
    expect(stage.leftovers()).toEqual([]);
    await stage.close();
  });

  test('reads, changes a file, runs a command and reports; the gateway counts', async () => {
    const patch =
      '*** Begin Patch\n*** Update File: package.json\n@@\n-  "name": "orders-api",\n+  "name": "orders",\n*** End Patch';
    const { ask, tree, server, events, calls } = await setStage([
      run('cat package.json'),
      run(`apply_patch <<'END'\n${patch}\nEND`),
      run('grep name package.json; env; cat /proc/[0-9]*/environ'),
      report(WORK),
    ]);
    expect(await ask()).toEqual({
      kind: 'answered',
      report: WORK,
      usage: { inputTokens: 400, outputTokens: 40, costUsd: 0.00048 },
    });
    expect(await readFile(join(tree.path, 'package.json'), 'utf8')).toContain('"name": "orders"');
    expect(calls).toHaveLength(4);
    const results = JSON.stringify(server.asked.map(resultsIn));
    expect(results).toContain('baton-line-');
    expect(results).not.toContain(PROVIDER_KEY);
    const told = events.map((event) => ('tool' in event ? `${event.kind} ${event.tool}` : event.kind));
    expect(told.filter((kind) => kind !== 'warning')).toEqual([
      'tool.start commandExecution',
      'tool.end commandExecution',
      'usage',
      'tool.start fileChange',
      'tool.end fileChange',
      'usage',
      'tool.start commandExecution',
      'tool.end commandExecution',
      'usage',
      'text',
      'usage',
    ]);
  });

  test.each<[ReportKind]>([['work'], ['review'], ['triage']])(
    'hands in a report of the kind %s',
    async (kind) => {
      const { ask } = await setStage([report(STRICT_REPORTS[kind])]);
      const answer = await ask({ brief: { report: kind } });
      expect(answer).toMatchObject({ kind: 'answered', report: REPORT_EXAMPLES[kind] });
      expect(REPORTS[kind].safeParse('report' in answer && answer.report).success).toBe(true);
    },
  );

  test('works with a model that writes programs of its tools, and has no agents of its own', async () => {
    const input = 'text(await tools.exec_command({ cmd: "pwd; touch made" }))';
    const answers = [
      { type: 'custom_tool_call', call_id: 'call_1', namespace: 'functions', name: 'exec', input },
      {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: JSON.stringify({ report: WORK }) }],
      },
    ];
    const provider = await startFakeProvider((_asked, response) => answerWith(answers.shift(), response));
    const { ask, tree } = await setStage([], provider.url);
    // Codex knows this one, and hands its tools in by the conversation.
    expect(await ask({ brief: { model: 'gpt-6-sol' } })).toMatchObject({ kind: 'answered', report: WORK });
    await provider.stop();
    await readFile(join(tree.path, 'made'));
    const [first = '', second = ''] = provider.asked.map(({ body }) => body);
    expect(first).toContain('additional_tools');
    expect(first).not.toContain('spawn_agent');
    expect(second).toContain(tree.path);
  });

  test('has no shell when its role has no tool', async () => {
    const { ask, server } = await setStage([report(WORK)]);
    const role = { name: 'lead', description: 'Thinks.', model: 'inherit', brief: 'Think.' } as const;
    await ask({ brief: { access: 'read', role: { ...role, tools: [] } } });
    const tools = (server.asked[0]?.tools ?? []).map((tool) => tool.function.name);
    expect(tools.filter((name) => /exec|shell|patch|stdin|image/.test(name))).toEqual([]);
  });

  test('cannot write when its role has no tool that writes', async () => {
    const { ask, server, tree } = await setStage([
      run('touch made || echo "it cannot"; cat package.json'),
      report(WORK),
    ]);
    const role = { name: 'reader', description: 'Reads.', model: 'inherit', brief: 'Read.' } as const;
    await ask({ brief: { access: 'write', role: { ...role, tools: ['read', 'search'] } } });
    expect(JSON.stringify(server.asked.at(-1))).toMatch(/it cannot.*orders-api/);
    await expect(readFile(join(tree.path, 'made'))).rejects.toThrow('ENOENT');
  });

  test('is told what is wrong with its report, and mends it', async () => {
    const { ask, server } = await setStage([report(WORK), report({ ...WORK, summary: 'Better.' })]);
    const faults = [['summary: say more'], null];
    const answer = await ask({ place: { check: () => faults.shift() ?? null } });
    expect(answer).toMatchObject({ kind: 'answered', report: { summary: 'Better.' } });
    expect(JSON.stringify(server.asked.at(-1)?.messages)).toContain('- summary: say more');
  });

  test('that never reports is asked twice more, and has failed then', async () => {
    const { ask, server } = await setStage(() => ({ text: 'I would rather talk.' }));
    expect(await ask()).toMatchObject({ kind: 'failed', reason: 'no-report', retriable: true });
    expect(server.asked).toHaveLength(3);
  });

  test('that asks its model too often has failed', async () => {
    const { ask, server } = await setStage(() => run('true'));
    expect(await ask({ brief: { turns: 3 } })).toMatchObject({ kind: 'failed', reason: 'turns' });
    expect(server.asked.length).toBeLessThanOrEqual(5);
  });

  test('stops at a budget that is used up', async () => {
    const { ask, server } = await setStage(() => run('true'));
    const budgets = [{ scope: 'run', limit: { unit: 'tokens', value: 150 } }] as const;
    expect(await ask({ budgets })).toMatchObject({ kind: 'failed', reason: 'budget', retriable: false });
    expect(server.asked).toHaveLength(2);
  });

  test.each([
    [{ status: 404, message: 'no such model' }, /does not know.*no such model/],
    [{ status: 400, message: 'too long' }, /too long/],
  ])('says what the provider said: %o', async (turn, words) => {
    const { ask } = await setStage(() => turn);
    expect(await ask()).toMatchObject({
      kind: 'failed',
      reason: 'provider',
      message: expect.stringMatching(words),
    });
  });

  test('that ends itself has failed, and may try again', async () => {
    const { ask } = await setStage([run('kill -9 -1')]);
    const answer = await ask();
    expect(answer).toMatchObject({ kind: 'failed', reason: 'crash', retriable: true });
    expect(answer).toMatchObject({ message: expect.stringContaining('Codex could not go on') });
  });

  test('says why there is no sandbox', async () => {
    const { ask } = await setStage([]);
    const unavailable = { kind: 'unavailable', reason: 'There is none.', remedy: 'Install it.' } as const;
    const sandbox = { ...createOpenSandbox(), start: () => Promise.resolve(neverStarted(unavailable)) };
    expect(await ask({ place: { sandbox } })).toMatchObject({
      kind: 'failed',
      reason: 'sandbox',
      message: 'There is none.',
      remedy: 'Install it.',
    });
  });

  describe('in a repository with settings of its own', () => {
    const script: ModelScript = [run('cat src/server.ts'), run('env'), report(WORK)];

    test('runs and reads nothing of them', async () => {
      const { ask, tree, server } = await setStage(script);
      plantHostileFiles(tree.path);
      expect(await ask({ brief: { prompt: HOSTILE_PROMPT } })).toMatchObject({ kind: 'answered' });
      expect(findTripped(tree.path, server.asked)).toEqual([]);
    });

    test('would run and read them if it were let', async () => {
      const { ask, tree, server } = await setStage(script);
      plantHostileFiles(tree.path);
      await ask({ brief: { prompt: HOSTILE_PROMPT }, place: { sandbox: letLoose() } });
      expect(findTripped(tree.path, server.asked)).toEqual(
        expect.arrayContaining(['TRIPWIRE-AGENTS', 'TRIPWIRE-SKILL', 'tool-server']),
      );
    });
  });
});

/** One item as the Responses API streams it. */
function answerWith(item: unknown, response: ServerResponse): void {
  const usage = { input_tokens: 100, output_tokens: 10, total_tokens: 110 };
  const events = [
    { type: 'response.created', response: { id: 'resp_1' } },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: { id: 'resp_1', usage } },
  ];
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
}

/** Codex as it comes, in a directory that it trusts. */
function letLoose(): Sandbox {
  const sandbox = createBubblewrapSandbox({ log: SILENT });
  return {
    ...sandbox,
    start(command, signal) {
      const [program, ...args] = command.argv;
      const loose = args.map((argument) =>
        argument
          .replace('"untrusted"', '"trusted"')
          .replace(/^project_doc_max_bytes=0$/, 'project_doc_max_bytes=32768')
          .replace(/^skills\.include_instructions=false$/, 'skills.include_instructions=true'),
      );
      return sandbox.start({ ...command, argv: [program, ...loose] }, signal);
    },
  };
}
