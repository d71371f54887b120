import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChatCompletionRequest } from '@copilotkit/aimock';
import { afterEach, describe, expect, test } from 'vitest';
import type { AcpAgent } from '../../src/domain/acp-agent.ts';
import { findOpenCode } from '../../src/runtimes/acp/find-opencode.ts';
import { createAcp } from '../../src/runtimes/acp.ts';
import { type ModelScript, type ModelTurn, resultsIn } from '../support/model-server.ts';
import { isInstalled, RUNTIMES_DIRECTORY } from '../support/runtime-packages.ts';
import { findTripped, HOSTILE_PROMPT, plantHostileFiles } from './support/hostile-tree.ts';
import { PROVIDER_KEY, type ProgramStage, setProgramStage } from './support/program-stage.ts';

const WORK = { kind: 'work', summary: 'The orders have another name.' };
const TOOLS = { readOnly: [], path: [] };

let stage: ProgramStage;

afterEach(async () => {
  expect(stage.leftovers()).toEqual([]);
  await stage.close();
});

function run(command: string): ModelTurn {
  return { calls: [['bash', { command, description: 'works' }]] };
}

function report(given: unknown): ModelTurn {
  return { text: JSON.stringify({ report: given }) };
}

async function setStage(
  script: ModelScript,
  { provider = 'openai-compatible', agent = findOpenCode(RUNTIMES_DIRECTORY) }: Partial<StagePlan> = {},
): Promise<ProgramStage> {
  const api = provider === 'anthropic' ? 'anthropic' : 'openai';
  const runtime = createAcp({ agent, api, tools: TOOLS });
  stage = await setProgramStage({ runtime, provider, script });
  return stage;
}

interface StagePlan {
  readonly provider: 'anthropic' | 'openai-compatible';
  readonly agent: AcpAgent;
}

// OpenCode takes its time to start, and more on a machine that is busy.
describe.skipIf(!isInstalled('acp'))('src/runtimes/acp with OpenCode', () => {
  test.each<StagePlan['provider']>(['openai-compatible', 'anthropic'])(
    'reads, changes a file, runs a command and reports over a line to %s; the gateway counts',
    async (provider) => {
      const { ask, tree, server, events, calls } = await setStage(
        (asked) => turns[asked.messages.filter(({ role }) => role === 'assistant').length] ?? report(WORK),
        { provider },
      );
      const file = join(tree.path, 'package.json');
      const turns = [
        { calls: [['read', { filePath: file }]] },
        { calls: [['edit', { filePath: file, oldString: 'orders-api', newString: 'orders' }]] },
        run('grep name package.json; env | grep -o "baton-line-"; cat /proc/[0-9]*/environ | tr -d "\\0"'),
      ] as const;
      expect(await ask()).toEqual({
        kind: 'answered',
        report: WORK,
        usage: { inputTokens: 400, outputTokens: 40, costUsd: 0.00048 },
      });
      expect(await readFile(file, 'utf8')).toContain('"name": "orders"');
      expect(calls).toHaveLength(4);
      const results = JSON.stringify(server.asked.map(resultsIn));
      expect(results).toContain('baton-line-');
      expect(results).not.toContain(PROVIDER_KEY);
      const told = events.map((event) => ('tool' in event ? `${event.kind} ${event.tool}` : event.kind));
      expect(told).toEqual([
        'tool.start read',
        'tool.end read',
        'tool.start edit',
        'tool.end edit',
        'tool.start execute',
        'tool.end execute',
        'text',
      ]);
    },
  );

  test('runs and reads nothing of what a repository brings along for it', async () => {
    const { ask, tree, server } = await setStage(readAndReport);
    plantHostileFiles(tree.path);
    expect(await ask({ brief: { prompt: HOSTILE_PROMPT } })).toMatchObject({ kind: 'answered' });
    expect(findTripped(tree.path, server.asked)).toEqual([]);
  });

  test('would run and read it if it saw it', async () => {
    const agent = findOpenCode(RUNTIMES_DIRECTORY);
    const loose = { ...agent, hides: [] };
    const { ask, tree, server } = await setStage(readAndReport, { agent: loose });
    plantHostileFiles(tree.path);
    await ask({ brief: { prompt: HOSTILE_PROMPT } });
    expect(findTripped(tree.path, server.asked)).toEqual(
      expect.arrayContaining(['TRIPWIRE-NESTED-AGENTS', 'plugin']),
    );
  });
});

/** Reads a file beside which something lies. */
function readAndReport({ messages }: ChatCompletionRequest): ModelTurn {
  const [, tree = ''] =
    /Working directory: (\S+)/.exec(JSON.stringify(messages).replaceAll('\\n', ' ')) ?? [];
  const answers = messages.filter(({ role }) => role === 'assistant').length;
  return answers === 0 ? { calls: [['read', { filePath: join(tree, 'src/server.ts') }]] } : report(WORK);
}
