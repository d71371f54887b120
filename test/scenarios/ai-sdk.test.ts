import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatCompletionRequest } from '@copilotkit/aimock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MAINTAINER } from '../../src/demo/demo-seed.ts';
import { RECORDING } from '../support/examples.ts';
import { type ModelServer, type ModelTurn, startModelServer } from '../support/model-server.ts';
import { REPO, type Stage, setStage } from '../support/stage.ts';

const KEY = 'sk-the-key-of-the-provider';
const recordingSchema = z.object({ patch: z.string().optional(), report: z.unknown() });

let model: ModelServer;
let stage: Stage;

beforeEach(async () => {
  model = await startModelServer(playRecording);
  stage = await setStage({
    environment: {
      BATON_RUNTIME: 'ai-sdk',
      BATON_REPLAY_DIR: '',
      BATON_PROVIDER: 'openai-compatible',
      BATON_PROVIDER_URL: `${model.url}/v1`,
      BATON_MODEL: 'small-model',
      OPENAI_API_KEY: KEY,
      LOG_LEVEL: 'debug',
    },
  });
});

afterEach(async () => {
  await stage.stop();
  await model.stop();
});

/** A model that looks around, does what the demo's recording has for the step, and needs two tries for its report. */
function playRecording({ messages }: ChatCompletionRequest): ModelTurn {
  const prompt = JSON.stringify(messages.find(({ role }) => role === 'user')?.content);
  const [, step = '', attempt = ''] = /# ([\w-]+), attempt (\d+)/.exec(prompt) ?? [];
  const { patch, report } = readRecording(step, attempt);
  const turns: readonly ModelTurn[] = [
    {
      calls: [
        ['list', { glob: '**/*.ts' }],
        ['read', { path: 'src/api.ts' }],
      ],
    },
    ...(patch === undefined ? [] : [{ calls: [['run', { command: toCommand(patch) }]] } as const]),
    { calls: [['report', { report: { kind: 'unknown' } }]] },
    { calls: [['report', { report }]] },
  ];
  return turns[messages.filter(({ role }) => role === 'assistant').length] ?? { text: 'I have said it all.' };
}

function readRecording(step: string, attempt: string): z.infer<typeof recordingSchema> {
  const file = join(RECORDING, `${step}.${attempt}.json`);
  return existsSync(file) ? recordingSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : { report: null };
}

function toCommand(patch: string): string {
  const text = readFileSync(join(RECORDING, patch), 'utf8');
  return `GIT_DIR=/dev/null git apply --whitespace=nowarn - <<'END'\n${text}END\n`;
}

describe('scenarios/ai-sdk', () => {
  it('a model turns an issue into a pull request, by tools in the sandbox and a line to its provider', async () => {
    await stage.startBaton();
    const { rest } = stage.as(MAINTAINER);
    const { data: issue } = await rest.issues.create({
      ...REPO,
      title: 'Pages for GET /orders',
      body: 'Please.',
    });
    const subject = { ...REPO, issue_number: issue.number };
    await rest.issues.addLabels({ ...subject, labels: ['baton:backend-feature'] });
    await stage.advanced(({ state }) => state === 'held');
    await rest.issues.createComment({ ...subject, body: '/baton approve' });
    const run = await stage.advanced(({ decision }) => decision === 'finish');
    expect(run.state).toBe('succeeded');

    const { data: pulls } = await rest.pulls.list({ ...REPO, state: 'open' });
    const { data: files } = await rest.pulls.listFiles({ ...REPO, pull_number: pulls[0]?.number ?? 0 });
    expect(files.map(({ filename }) => filename)).toContain('src/page.ts');
    expect(new Set(model.asked.map((asked) => asked.model))).toEqual(new Set(['small-model']));
    const told = JSON.stringify(model.asked);
    expect(told).toContain('The report was not taken');
    expect(`${told}${JSON.stringify(stage.lines)}`).not.toContain(KEY);
    expect(stage.lines.some(({ msg }) => msg === 'an agent did something')).toBe(true);
  });
});
