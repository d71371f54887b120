import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { REPORTS, type ReportKind } from '../../src/domain/report.ts';
import { type ClaudeSdk, openClaudeSdk } from '../../src/runtimes/claude/open-sdk.ts';
import { createClaude } from '../../src/runtimes/claude.ts';
import { createOpenSandbox } from '../../src/sandbox/create-open-sandbox.ts';
import { neverStarted } from '../../src/sandbox/talk-to-process.ts';
import { type ModelScript, type ModelTurn, resultsIn } from '../support/model-server.ts';
import { isInstalled, RUNTIMES_DIRECTORY } from '../support/runtime-packages.ts';
import { findTripped, HOSTILE_PROMPT, plantHostileFiles } from './support/hostile-tree.ts';
import { PROVIDER_KEY, type ProgramStage, setProgramStage } from './support/program-stage.ts';
import { REPORT_EXAMPLES } from './support/report-examples.ts';

const WORK = { kind: 'work', summary: 'The orders have another name.' };

let stage: ProgramStage;

function report(given: unknown): ModelTurn {
  return { calls: [['StructuredOutput', given]] };
}

async function setStage(
  script: ModelScript,
  { query }: { readonly query?: (sdk: ClaudeSdk) => ClaudeSdk['query'] } = {},
): Promise<ProgramStage> {
  const sdk = await openClaudeSdk(RUNTIMES_DIRECTORY);
  const runtime = createClaude({
    sdk: query === undefined ? sdk : { ...sdk, query: query(sdk) },
    tools: { readOnly: [], path: [] },
  });
  stage = await setProgramStage({ runtime, provider: 'anthropic', script });
  return stage;
}

function toolsIn({ server }: ProgramStage): readonly string[] {
  return (server.asked[0]?.tools ?? []).map((tool) => tool.function.name).toSorted();
}

describe.skipIf(!isInstalled('claude'))('src/runtimes/claude', () => {
  afterEach(async () => {
    expect(stage.leftovers()).toEqual([]);
    await stage.close();
  });

  test('reads, changes a file, runs a command and reports; the gateway counts', async () => {
    const { ask, tree, server, events, calls } = await setStage([
      { calls: [['Read', { file_path: 'package.json' }]] },
      {
        calls: [
          ['Edit', { file_path: 'package.json', old_string: 'orders-api', new_string: 'orders' }],
          [
            'Bash',
            { command: 'grep name package.json; env; cat /proc/[0-9]*/environ', description: 'looks' },
          ],
        ],
      },
      { text: 'I am done.' },
      report({ report: WORK }),
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
    // It may have edited before it hears that its model wants a command as well.
    expect(told.filter((event) => event.endsWith(' Edit'))).toEqual(['tool.start Edit', 'tool.end Edit']);
    expect(told.filter((event) => !event.endsWith(' Edit'))).toEqual([
      'tool.start Read',
      'tool.end Read',
      'tool.start Bash',
      'tool.end Bash',
      'text',
      'tool.start StructuredOutput',
      'tool.end StructuredOutput',
      'usage',
    ]);
  });

  test.each<[ReportKind]>([['work'], ['review'], ['triage']])(
    'hands in a report of the kind %s',
    async (kind) => {
      const { ask } = await setStage([report({ report: REPORT_EXAMPLES[kind] })]);
      const answer = await ask({ brief: { report: kind } });
      expect(answer).toMatchObject({ kind: 'answered', report: REPORT_EXAMPLES[kind] });
      expect(REPORTS[kind].safeParse('report' in answer && answer.report).success).toBe(true);
    },
  );

  test('has the tools of its role, and no others', async () => {
    const { ask } = await setStage([report({ report: WORK })]);
    const role = { name: 'reader', description: 'Reads.', model: 'inherit', brief: 'Read.' } as const;
    await ask({ brief: { access: 'read', role: { ...role, tools: ['read', 'search', 'edit'] } } });
    expect(toolsIn(stage).filter((name) => /^[A-Z]/.test(name) && !name.startsWith('Deferred'))).toEqual([
      'Glob',
      'Grep',
      'Read',
      'StructuredOutput',
    ]);
  });

  test('is told what is wrong with its report, and mends it', async () => {
    const { ask, server } = await setStage([
      report({ report: WORK }),
      report({ report: { ...WORK, summary: 'Better.' } }),
    ]);
    const faults = [['summary: say more'], null];
    const answer = await ask({ place: { check: () => faults.shift() ?? null } });
    expect(answer).toMatchObject({ kind: 'answered', report: { summary: 'Better.' } });
    expect(JSON.stringify(server.asked.at(-1)?.messages)).toContain('- summary: say more');
  });

  test('that never reports is asked twice more, and has failed then', async () => {
    const { ask, server } = await setStage(() => ({ text: 'I would rather talk.' }));
    expect(await ask()).toMatchObject({ kind: 'failed', reason: 'no-report', retriable: true });
    expect(JSON.stringify(server.asked.at(-1)).match(/The report was not taken/g)).toHaveLength(2);
  });

  test('that asks its model too often has failed', async () => {
    const turn = { calls: [['Bash', { command: 'true', description: 'nothing' }]] } as const;
    const { ask, server } = await setStage(() => turn);
    expect(await ask({ brief: { turns: 3 } })).toMatchObject({ kind: 'failed', reason: 'turns' });
    expect(server.asked).toHaveLength(3);
  });

  test('stops at a budget that is used up', async () => {
    const { ask, server } = await setStage(() => ({
      calls: [['Bash', { command: 'true', description: '' }]],
    }));
    const budgets = [{ scope: 'run', limit: { unit: 'tokens', value: 150 } }] as const;
    expect(await ask({ budgets })).toMatchObject({ kind: 'failed', reason: 'budget', retriable: false });
    expect(server.asked).toHaveLength(2);
  });

  test.each([
    [{ status: 404, message: 'no such model' }, /does not know what was asked for \(404\)/],
    [{ status: 400, message: 'too long' }, /refused the call \(400\).*too long/],
  ])('says what the provider said: %o', async (turn, words) => {
    const { ask } = await setStage(() => turn);
    expect(await ask()).toMatchObject({
      kind: 'failed',
      reason: 'provider',
      message: expect.stringMatching(words),
    });
  });

  test('that ends itself has failed, and may try again', async () => {
    const { ask } = await setStage([{ calls: [['Bash', { command: 'kill -9 -1', description: 'ends' }]] }]);
    const answer = await ask();
    expect(answer).toMatchObject({ kind: 'failed', reason: 'crash', retriable: true });
    expect(answer).toMatchObject({ message: expect.stringContaining('Claude Code could not go on') });
  });

  test('says why there is no sandbox', async () => {
    const { ask } = await setStage([]);
    const unavailable = { kind: 'unavailable', reason: 'There is none.', remedy: 'Install it.' } as const;
    const sandbox = {
      ...createOpenSandbox(),
      start: () => Promise.resolve(neverStarted(unavailable)),
    };
    const answer = await ask({ place: { sandbox } });
    expect(answer).toMatchObject({
      kind: 'failed',
      reason: 'sandbox',
      message: 'There is none.',
      remedy: 'Install it.',
    });
  });

  describe('in a repository with settings of its own', () => {
    const script: ModelScript = [
      { calls: [['Read', { file_path: 'src/server.ts' }]] },
      { calls: [['Bash', { command: 'env', description: 'looks' }]] },
      report({ report: WORK }),
    ];

    test('runs and reads nothing of them', async () => {
      const { ask, tree, server } = await setStage(script);
      plantHostileFiles(tree.path);
      expect(await ask({ brief: { prompt: HOSTILE_PROMPT } })).toMatchObject({ kind: 'answered' });
      expect(findTripped(tree.path, server.asked)).toEqual([]);
    });

    test('would run and read them if it were let', async () => {
      const { ask, tree, server } = await setStage(script, { query: letLoose });
      plantHostileFiles(tree.path);
      await ask({ brief: { prompt: HOSTILE_PROMPT } });
      expect(findTripped(tree.path, server.asked)).toEqual(
        expect.arrayContaining(['session-start', 'TRIPWIRE-CLAUDE', 'TRIPWIRE-MENTIONED', 'tool-server']),
      );
    });
  });
});

/** Claude Code as it comes, without what this runtime forbids. */
function letLoose({ query }: ClaudeSdk): ClaudeSdk['query'] {
  return ({ prompt, options }) => {
    const { settingSources: _, strictMcpConfig: __, verbatimPrompts: ___, env, ...kept } = options;
    const { CLAUDE_CODE_DISABLE_CLAUDE_MDS: ____, ...rest } = env as Record<string, string>;
    return query({ prompt, options: { ...kept, env: rest } });
  };
}
